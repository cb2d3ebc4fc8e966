-- fr: Comptes actifs sans authentification multifacteur, ou par SMS
-- en: Enabled accounts without multi-factor authentication, or by SMS
-- column login: account.login
-- column type: account.type
-- column privileged: account.privileged
-- column mfa: account.mfa
SELECT id AS account, login, type, privileged, coalesce(mfa, 'none') AS mfa
FROM accounts
WHERE enabled AND type IN ('user', 'admin', 'guest') AND coalesce(mfa, 'none') IN ('none', 'sms')
ORDER BY privileged DESC, id;
