/**
 * A key and a certificate for `localhost` that nobody vouches for, good for a hundred years. They protect nothing: tests have
 * them to meet TLS as it is, on machines without the tools to make some.
 */
export const LOCALHOST_IDENTITY = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgfLPVBB7C69MEk//K
0L+0T0zGZ1bSazPz3nbctLTR93ahRANCAASdMlplN01+wOiEpzuCWV71zNT2oKGv
CKsUvPPoveCs7u005OgpLo/09Irie7Z60yC97UfbWVcm8Thta+yNDRz/
-----END PRIVATE KEY-----
`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBljCCATugAwIBAgIUA6Cz6OsHwGxsbl1swzGPame58IQwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMjE2MDAwOFoYDzIxMjYxMDI5
MTYwMDA4WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAASdMlplN01+wOiEpzuCWV71zNT2oKGvCKsUvPPoveCs7u005OgpLo/0
9Irie7Z60yC97UfbWVcm8Thta+yNDRz/o2kwZzAdBgNVHQ4EFgQUlSKf3wGgtw7k
XzzCVuAeiqxgFsIwHwYDVR0jBBgwFoAUlSKf3wGgtw7kXzzCVuAeiqxgFsIwDwYD
VR0TAQH/BAUwAwEB/zAUBgNVHREEDTALgglsb2NhbGhvc3QwCgYIKoZIzj0EAwID
SQAwRgIhAIRCq02NiuCcw1nTc/yc7FuWoufuVtHjMQ0X64+0SwXqAiEAtY+GALbr
jgvjoTDlsm3Ai/GMxEPKNRFoRr2tHjNAGds=
-----END CERTIFICATE-----
`,
};
