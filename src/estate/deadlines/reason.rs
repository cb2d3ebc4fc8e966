//! Why a day matters: what ends, or what is to be done, in words of both languages.

use crate::diagnostic::Text;
use crate::text;

/// What falls due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// An access right ends.
    AccessRight,
    /// An account is locked.
    Account,
    /// The last good backup is too old.
    BackupAge,
    /// A budget ends.
    Budget,
    /// A certificate ends.
    Certificate,
    /// A certificate or domain name is to be renewed, some time before its end.
    CertificateRenewal,
    /// A contract ends.
    Contract,
    /// The last day to give notice of a contract.
    ContractNotice,
    /// An order should arrive.
    Delivery,
    /// A document is valid no more.
    Document,
    /// A domain name ends.
    Domain,
    /// A weakness of an account is accepted no more.
    Exception,
    /// A filtering rule was meant for a while only.
    FilteringRule,
    /// A licence ends.
    Licence,
    /// The maintenance of a licence ends.
    LicenceMaintenance,
    /// A task comes back.
    Maintenance,
    /// The manufacturer's support of a model ends.
    ModelSupport,
    /// A device is to be seen again where it stands.
    PhysicalInventory,
    /// A restore is to be tried again.
    RestoreTest,
    /// A record is to be read again.
    Review,
    /// The publisher's support of a software ends.
    SoftwareSupport,
    /// A session of a training takes place.
    Training,
    /// A training is to be followed again.
    TrainingRenewal,
    /// A guarantee ends.
    Warranty,
}

impl Reason {
    /// Its name for programs: in exports, and in the identifiers of calendars.
    pub fn key(self) -> &'static str {
        match self {
            Self::AccessRight => "access-right-end",
            Self::Account => "account-end",
            Self::BackupAge => "backup-age",
            Self::Budget => "budget-end",
            Self::Certificate => "certificate-end",
            Self::CertificateRenewal => "renewal",
            Self::Contract => "contract-end",
            Self::ContractNotice => "contract-notice",
            Self::Delivery => "delivery",
            Self::Document => "document-end",
            Self::Domain => "domain-end",
            Self::Exception => "exception-end",
            Self::FilteringRule => "filtering-rule-end",
            Self::Licence => "licence-end",
            Self::LicenceMaintenance => "licence-maintenance-end",
            Self::Maintenance => "maintenance",
            Self::ModelSupport => "model-support-end",
            Self::PhysicalInventory => "physical-inventory",
            Self::RestoreTest => "restore-test",
            Self::Review => "review",
            Self::SoftwareSupport => "software-support-end",
            Self::Training => "training-session",
            Self::TrainingRenewal => "training-renewal",
            Self::Warranty => "warranty-end",
        }
    }

    /// What it is called.
    pub fn label(self) -> Text {
        match self {
            Self::AccessRight => text!("Fin d’un droit d’accès", "Access right ends"),
            Self::Account => text!("Expiration d’un compte", "Account expires"),
            Self::BackupAge => text!("Sauvegarde attendue", "Backup due"),
            Self::Budget => text!("Fin d’un budget", "Budget ends"),
            Self::Certificate => text!("Expiration d’un certificat", "Certificate expires"),
            Self::CertificateRenewal => text!("Renouvellement à faire", "Renewal due"),
            Self::Contract => text!("Fin de contrat", "Contract ends"),
            Self::ContractNotice => text!("Préavis à donner", "Notice to give"),
            Self::Delivery => text!("Livraison attendue", "Delivery expected"),
            Self::Document => text!("Fin de validité d’un document", "Document no longer valid"),
            Self::Domain => text!("Expiration d’un nom de domaine", "Domain name expires"),
            Self::Exception => text!("Fin d’une exception", "Exception ends"),
            Self::FilteringRule => {
                text!("Règle de filtrage à retirer", "Filtering rule to remove")
            }
            Self::Licence => text!("Fin de licence", "Licence ends"),
            Self::LicenceMaintenance => {
                text!(
                    "Fin de maintenance d’une licence",
                    "Licence maintenance ends"
                )
            }
            Self::Maintenance => text!("Maintenance à faire", "Maintenance due"),
            Self::ModelSupport => text!("Fin de support d’un modèle", "Model support ends"),
            Self::PhysicalInventory => {
                text!("Inventaire physique à refaire", "Physical inventory due")
            }
            Self::RestoreTest => text!("Test de restauration à refaire", "Restore test due"),
            Self::Review => text!("Revue à faire", "Review due"),
            Self::SoftwareSupport => text!("Fin de support d’un logiciel", "Software support ends"),
            Self::Training => text!("Séance de formation", "Training session"),
            Self::TrainingRenewal => text!("Formation à renouveler", "Training to renew"),
            Self::Warranty => text!("Fin de garantie", "Warranty ends"),
        }
    }

    /// Whether something is still to be done when the day is past. A guarantee that ended is a fact of
    /// its machine, which nobody can mend.
    pub fn is_owed(self) -> bool {
        self != Self::Warranty
    }
}
