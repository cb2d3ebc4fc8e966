-- fr: Comptes actifs sans authentification multifacteur, ou par SMS
-- en: Enabled accounts without multi-factor authentication, or by SMS
-- note fr: Tous les comptes ouverts dont une personne tape le mot de passe, partagés compris ; ni postes, ni services. Sans méthode écrite, un compte compte comme sans.
-- note en: All open accounts whose password a person types, shared ones too; neither computers nor services. Where no method is written, an account counts as having none.
-- see: accounts/review/
-- column login: account.login
-- column type: account.type
-- column privileged: account.privileged
-- column mfa: account.mfa
SELECT id AS account, login, type, privileged, coalesce(mfa, 'none') AS mfa
FROM accounts
WHERE coalesce(enabled, 1) AND coalesce(type, '') NOT IN ('computer', 'service')
  AND coalesce(expires, '9999') >= (SELECT value FROM about WHERE name = 'as_of')
  AND coalesce(mfa, 'none') IN ('none', 'sms')
ORDER BY coalesce(privileged, type = 'admin') DESC, coalesce(mfa, 'none'), id;
