-- fr: Comptes actifs sans authentification multifacteur, ou par SMS
-- en: Enabled accounts without multi-factor authentication, or by SMS
SELECT id, login, type, privileged, coalesce(mfa, 'none') AS mfa
FROM accounts
WHERE enabled AND type IN ('user', 'admin') AND coalesce(mfa, 'none') IN ('none', 'sms')
ORDER BY privileged DESC, id;
