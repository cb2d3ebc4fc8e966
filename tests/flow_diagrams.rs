//! The flow diagrams, whole: pictures compared byte for byte with `tests/diagrams/*.svg`
//! (`BLESS=1` writes them anew), and properties held on many made-up flows.

mod flow_samples;

use std::collections::BTreeSet;
use std::path::Path;

use carnet::diagnostic::Language;
use carnet::site::diagrams::flow::layout::{Layout, layout};
use carnet::site::diagrams::flow::{Flow, State, Transition, flow, rows};
use flow_samples::{change, incident, incidents_as_ran, random, request, resolved_ticket};

fn golden(name: &str, svg: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/diagrams")
        .join(name);
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, svg).expect("the picture can be written");
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(expected == svg, "{name} changed; look at it, then BLESS=1");
}

/// What a reader would select and copy: the SVG's text without its tags.
fn text_of(svg: &str) -> String {
    let mut text = String::new();
    for part in svg.split('<').skip(1) {
        let (tag, content) = part.split_once('>').expect("every tag closes");
        if tag.starts_with("/text") {
            text.push('\n');
        }
        text.push_str(content);
    }
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

/// Nothing meets anything: boxes lie clear of each other and of lines, all inside the picture.
fn assert_clear(flow: &Flow, layout: &Layout) {
    let boxes = layout.boxes();
    for (index, one) in boxes.iter().enumerate() {
        assert!(one.x >= 0 && one.y >= 0, "{one:?} starts inside");
        assert!(
            one.right() <= layout.width && one.bottom() <= layout.height,
            "{one:?} ends inside {} × {}",
            layout.width,
            layout.height
        );
        for other in &boxes[index + 1..] {
            assert!(!one.meets(*other), "{one:?} covers {other:?} in {flow:?}");
        }
    }
    for (number, route) in layout.routes.iter().enumerate() {
        for ends in route.windows(2) {
            let (a, b) = (ends[0], ends[1]);
            assert!(a.0 == b.0 || a.1 == b.1, "lines run straight");
            for one in &boxes {
                let across = a.0.min(b.0) < one.right() && a.0.max(b.0) > one.x;
                let down = a.1.min(b.1) < one.bottom() && a.1.max(b.1) > one.y;
                assert!(
                    !(across && down),
                    "line {number} crosses {one:?} in {flow:?}"
                );
            }
            for end in [a, b] {
                assert!(
                    (0..=layout.width).contains(&end.0),
                    "line {number} stays inside"
                );
            }
        }
    }
    assert_lanes_apart(flow, layout);
}

/// Two upright stretches lie on one another only if they lead to the same state.
fn assert_lanes_apart(flow: &Flow, layout: &Layout) {
    let lanes: Vec<_> = flow
        .transitions
        .iter()
        .zip(&layout.routes)
        .filter(|(_, route)| route.len() == 4)
        .map(|(way, route)| {
            (
                way.to,
                route[1].0,
                route[1].1.min(route[2].1),
                route[1].1.max(route[2].1),
            )
        })
        .collect();
    for (index, one) in lanes.iter().enumerate() {
        for other in &lanes[index + 1..] {
            let meet = one.1 == other.1 && one.2 <= other.3 && other.2 <= one.3;
            assert!(
                !meet || one.0 == other.0,
                "{one:?} lies on {other:?} in {flow:?}"
            );
        }
    }
}

fn assert_names(flow: &Flow, svg: &str) {
    let text = text_of(svg);
    for name in flow.states.iter().map(|state| &state.name) {
        assert!(text.contains(name.as_str()), "{name} in {text}");
    }
    for name in flow.transitions.iter().map(|transition| &transition.name) {
        assert!(text.contains(name.as_str()), "{name} in {text}");
    }
}

#[test]
fn pictures_stay_as_they_were_judged() {
    golden("incident.fr.svg", &flow(&incident(), Language::Fr));
    golden(
        "incident-ticket.fr.svg",
        &flow(&resolved_ticket(), Language::Fr),
    );
    golden(
        "incidents-as-ran.fr.svg",
        &flow(&incidents_as_ran(), Language::Fr),
    );
    golden("request.fr.svg", &flow(&request(), Language::Fr));
    golden("change.en.svg", &flow(&change(), Language::En));
}

#[test]
fn real_workflows_are_clear_and_narrow() {
    for sample in [incident(), resolved_ticket(), request(), change()] {
        for language in [Language::Fr, Language::En] {
            let placed = layout(&sample, language);
            assert_clear(&sample, &placed);
            assert_names(&sample, &flow(&sample, language));
            assert!(
                placed.width <= 480,
                "{} is {} wide",
                sample.title,
                placed.width
            );
        }
    }
}

#[test]
fn random_flows_are_clear() {
    for seed in 1..=600 {
        let sample = random(seed, 9, 16);
        assert_clear(&sample, &layout(&sample, Language::Fr));
        assert_names(&sample, &flow(&sample, Language::Fr));
    }
}

#[test]
fn sixty_states_are_clear() {
    for seed in 1..=5 {
        let mut sample = random(seed, 1, 0);
        let large = random(seed + 100, 60, 150);
        sample.states.extend(large.states);
        sample.transitions = large.transitions;
        assert!(sample.states.len() > 30);
        assert_clear(&sample, &layout(&sample, Language::En));
    }
}

fn states(count: usize) -> Vec<State> {
    (0..count)
        .map(|number| State {
            name: format!("État {number}"),
            ..State::default()
        })
        .collect()
}

fn way(from: usize, to: usize) -> Transition {
    Transition {
        from,
        to,
        name: format!("de {from} à {to}"),
        ..Transition::default()
    }
}

#[test]
fn small_and_odd_flows_are_clear() {
    let shapes: [(usize, &[(usize, usize)]); 8] = [
        (0, &[]),
        (1, &[]),
        (3, &[]),
        (1, &[(0, 0), (0, 0)]),
        (2, &[(0, 1), (1, 0), (0, 1), (1, 0)]),
        (3, &[(0, 1), (1, 0)]),
        (4, &[(3, 0), (3, 1), (3, 2), (3, 3)]),
        (60, &[(0, 59), (59, 0), (30, 30)]),
    ];
    for (count, ways) in shapes {
        let sample = Flow {
            states: states(count),
            transitions: ways.iter().map(|(from, to)| way(*from, *to)).collect(),
            ..Flow::default()
        };
        assert_clear(&sample, &layout(&sample, Language::Fr));
        assert_names(&sample, &flow(&sample, Language::Fr));
        assert!(rows(&sample).len() >= count);
    }
}

#[test]
fn same_flow_same_bytes() {
    assert_eq!(flow(&change(), Language::Fr), flow(&change(), Language::Fr));
}

#[test]
fn markup_in_names_is_text() {
    let mut sample = incident();
    sample.title = "Flux <b> & \"co\"".to_owned();
    sample.states[0].name = "<script>alert(1)</script>".to_owned();
    sample.states[0].href = Some("etat/?a=1&b=\"><script>".to_owned());
    sample.transitions[0].name = "R&D \"<prise>\"".to_owned();
    let svg = flow(&sample, Language::Fr);
    assert!(!svg.contains("<script") && !svg.contains("<prise"));
    assert!(svg.contains(r#"<a href="etat/?a=1&amp;b=&quot;&gt;&lt;script&gt;">"#));
    assert!(
        svg.contains("<title id=\"incident-title\">Flux &lt;b&gt; &amp; &quot;co&quot;</title>")
    );
    assert!(text_of(&svg).contains("R&D \"<prise>\""));
}

#[test]
fn nothing_a_strict_policy_refuses() {
    let svg = flow(&resolved_ticket(), Language::Fr);
    for refused in ["style", "<script", " on", "http", "url("] {
        let tags: Vec<&str> = svg
            .split('<')
            .filter_map(|part| part.split('>').next())
            .collect();
        let found = tags.iter().find(|tag| tag.contains(refused));
        assert!(found.is_none(), "{refused} in {found:?}");
    }
}

#[test]
fn ids_are_the_prefix_s_own() {
    let mut other = incident();
    other.id_prefix = "autre".to_owned();
    let page = flow(&incident(), Language::Fr) + &flow(&other, Language::Fr);
    let ids: Vec<&str> = page
        .split(" id=\"")
        .skip(1)
        .filter_map(|part| part.split('"').next())
        .collect();
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len());
    assert_eq!(
        ids,
        [
            "incident-title",
            "incident-desc",
            "autre-title",
            "autre-desc"
        ]
    );
}

#[test]
fn an_absent_description_is_not_referred_to() {
    let mut sample = incident();
    sample.description.clear();
    let svg = flow(&sample, Language::Fr);
    assert!(svg.contains("aria-labelledby=\"incident-title\""));
    assert!(!svg.contains("<desc"));
}

#[test]
fn the_place_of_the_ticket_is_said_in_words_and_shapes() {
    let french = flow(&resolved_ticket(), Language::Fr);
    assert_eq!(
        french.matches("class=\"state resolved current\"").count(),
        1
    );
    assert_eq!(
        french.matches("class=\"inner\"").count(),
        2,
        "state and level have two borders"
    );
    assert!(text_of(&french).contains("ici"));
    assert!(text_of(&french).contains("délai en pause"));
    assert!(text_of(&french).contains("×2"));
    let english = text_of(&flow(&resolved_ticket(), Language::En));
    assert!(english.contains("here") && english.contains("clock paused"));
}

#[test]
fn the_table_says_what_the_picture_says() {
    let sample = resolved_ticket();
    let rows = rows(&sample);
    assert_eq!(
        rows.iter().filter(|row| row.leaving.is_some()).count(),
        sample.transitions.len()
    );
    assert_eq!(
        rows.iter().filter(|row| row.first).count(),
        sample.states.len()
    );
    let closed = rows.last().expect("a row for the last state");
    assert!(closed.leaving.is_none() && closed.state == "Clos");
    let reopening = rows
        .iter()
        .filter_map(|row| row.leaving.as_ref())
        .find(|way| way.name == "Rouvrir");
    assert!(reopening.is_some_and(|way| way.returns && way.to == "En cours (Attribué)"));
}

#[test]
#[should_panic(expected = "transition between states that exist")]
fn a_made_up_state_is_a_bug_of_the_caller() {
    let sample = Flow {
        states: states(1),
        transitions: vec![way(0, 4)],
        ..Flow::default()
    };
    let _ = layout(&sample, Language::Fr);
}
