/** One example of every kind of secret, put together so that no scanner takes this file for a leak. */
const base64 = (length: number): string => 'aB3dE5gH7jK9mN1pQ'.repeat(Math.ceil(length / 17)).slice(0, length);
const pem = (label: string, body: string): string =>
  [`-----${'BEGIN'} ${label}-----`, body, `-----${'END'} ${label}-----`].join('\n');
const serviceAccount = Buffer.from(JSON.stringify({ email: 'a@example.org', secretKey: base64(90) })).toString(
  'base64',
);

/** By kind, each as it stands in a text. */
export const SECRETS: { readonly [kind: string]: readonly string[] } = {
  'aws-access-key-id': [`AKI${'A'}Q3EGUTLB5WXN2F7K`],
  'aws-secret-access-key': [`AWS_SECRET_${'ACCESS'}_KEY="${base64(40)}"`],
  'gcp-private-key': [JSON.stringify({ private_key_id: '1', private_key: pem('PRIVATE KEY', `MI${base64(200)}`) })],
  'private-key': [
    pem('RSA PRIVATE KEY', `MII${base64(300)}`),
    pem('OPENSSH PRIVATE KEY', `b3BlbnNzaC1rZXktdjE${base64(200)}`),
    `-----${'BEGIN'} EC PRIVATE KEY-----\nMHcCAQEE${base64(40)}`,
  ],
  'npm-token': [`np${'m_'}${base64(36)}`, `//registry.example.org/:_auth${'Token'}=${base64(36)}`],
  'basic-auth': [
    `https://alice:${base64(12)}@example.org/path`,
    `https://${base64(40)}:x-oauth-${'basic'}@github.com/owner/name`,
  ],
  'slack-token': [`xox${'b-'}123456789012-${base64(24)}`, `xap${'p-'}1-A0123456789-987654321098-${base64(40)}`],
  'slack-webhook': [`https://${'hooks'}.slack.com/services/T${base64(8)}/B${base64(8)}/${base64(24)}`],
  'sendgrid-key': [`S${'G.'}${base64(22)}.${base64(43)}`],
  'shopify-key': [`shpa${'t_'}${base64(32)}`],
  'github-token': [`gh${'p_'}${base64(36)}`, `github_${'pat_'}${base64(82)}`],
  'openai-token': [`sk-${base64(20)}T3Blbk${'FJ'}${base64(20)}`],
  'anthropic-key': [`sk-${'ant'}-api03-${base64(93)}AA`],
  'linear-token': [`lin_${'api_'}${base64(40)}`],
  '1password-token': [`ops${'_'}${serviceAccount}`],
  'mongodb-url': [`mongodb+srv://alice:${base64(12)}@db.example.org/data`],
  'mysql-url': [`mysql://alice:${base64(12)}@db.example.org/data`],
  'postgresql-url': [`postgres://alice:${base64(12)}@db.example.org/data`],
};

/** The same as pairs. */
export const SECRET_EXAMPLES: readonly (readonly [kind: string, secret: string])[] = Object.entries(SECRETS).flatMap(
  ([kind, secrets]) => secrets.map((secret) => [kind, secret] as const),
);
