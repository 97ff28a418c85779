-- What a client or a browser holds is written as a digest from now on, and not in the payload.
update identity.artifact set
  id = rtrim(translate(encode(sha256(convert_to(id, 'UTF8')), 'base64'), '+/', '-_'), '='),
  payload = (payload::jsonb - 'jti' - 'state')::json
where model in ('Session', 'AccessToken', 'AuthorizationCode', 'RefreshToken', 'PushedAuthorizationRequest');

-- These live for minutes, and would have to be sealed.
delete from identity.artifact
where model in ('Interaction', 'DeviceCode', 'BackchannelAuthenticationRequest');
