// How long what the provider gives is good for, in seconds.

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

export const lifeSeconds = {
  code: minute,
  accessToken: 15 * minute,
  idToken: 10 * minute,
  interaction: 30 * minute,
  deviceCode: 10 * minute,
  backchannelRequest: 5 * minute,
  /** From its last use. */
  session: 12 * hour,
  /** After this long a passkey is asked for again, however often the session is used. */
  sessionWithoutPasskey: 30 * day,
  refreshToken: 30 * day,
  grant: 90 * day,
};
