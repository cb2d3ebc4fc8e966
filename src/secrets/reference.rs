//! Where a secret is kept, in the place of the secret: `vault:kv/prod/db`, `keepass:Serveurs/srv-01`, an address of a
//! vault's page.

/// How references begin, in small letters: what the vaults themselves write, and the names of the others.
const SCHEMES: [&str; 24] = [
    "vault",
    "openbao",
    "keepass",
    "keepassxc",
    "kdbx",
    "bitwarden",
    "bw",
    "bws",
    "vaultwarden",
    "op",
    "1password",
    "passbolt",
    "lastpass",
    "dashlane",
    "proton-pass",
    "teampass",
    "psono",
    "infisical",
    "cyberark",
    "azure-keyvault",
    "aws-secretsmanager",
    "gcp-secretmanager",
    "pass-store",
    "coffre",
];
/// The longest reference, in bytes.
const LONGEST: usize = 300;

/// Whether a value says where a secret is kept.
pub fn is_reference(value: &str) -> bool {
    let value = value.trim();
    if value.len() > LONGEST || value.contains('\n') {
        return false;
    }
    let Some((scheme, rest)) = value.split_once(':') else {
        return false;
    };
    let scheme = scheme.to_ascii_lowercase();
    let rest = rest.trim_start_matches('/').trim();
    if scheme == "https" {
        let host = rest.split('/').next().unwrap_or_default();
        return host.contains('.') && !host.contains('@');
    }
    SCHEMES.contains(&scheme.as_str()) && !rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::is_reference;

    #[test]
    fn vaults_are_named_and_passwords_are_not() {
        for reference in [
            "vault:kv/prod/db",
            "keepass:Serveurs/srv-01",
            "op://Parc/srv-01/password",
            "bitwarden://4f2c",
            "Passbolt: routeur du siège",
            "https://coffre.parc.example/#/item/4f2c",
        ] {
            assert!(is_reference(reference), "{reference}");
        }
        for value in [
            "",
            "vault:",
            "Azerty12!",
            "a:b",
            "https://admin:Azerty12@coffre.parc.example/",
            "vault:a\nb",
            "111111-222222",
        ] {
            assert!(!is_reference(value), "{value}");
        }
    }
}
