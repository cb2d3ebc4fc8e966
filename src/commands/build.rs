//! `carnet build`: a throw-away writer until the publish room is merged.

use crate::cli::{BuildArguments, Cli};
use crate::commands::{input, output};

/// Builds into a folder.
pub(super) fn build(cli: &Cli, arguments: &BuildArguments) -> anyhow::Result<u8> {
    let build = input::build(cli, &arguments.source)?;
    let language = output::language(cli, build.estate.config.language);
    output::findings(&build.diagnostics, arguments.format, language);
    for path in build.paths() {
        let bytes = build
            .render(&path)
            .expect("listed")
            .map_err(|d| anyhow::anyhow!("{path}: {:?}", d.message))?;
        let to = arguments.out.join(&path);
        std::fs::create_dir_all(to.parent().expect("a folder"))?;
        std::fs::write(to, bytes)?;
    }
    Ok(output::exit_code(&build.diagnostics, arguments.strict))
}
