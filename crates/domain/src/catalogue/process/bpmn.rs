//! A process as BPMN 2.0 with diagram interchange, so that outside tools open, show and check it.

use super::{
    Condition, Process, Step,
    picture::{Arrow, BOX, LANE_NAME, Node, Picture, Tip},
    working_time,
};
use std::fmt::Write;

/// Height of the pools that stand for participating agencies, below the drawing.
const POOL: i32 = 60;

/// The words that the export needs and the process does not know.
pub struct Names<'a> {
    /// Name of the process.
    pub process: &'a str,
    /// Name of a lane: centre, agency, unit.
    pub lane: &'a dyn Fn(&super::Actor) -> String,
    /// Name of a participating agency.
    pub agency: &'a dyn Fn(crate::id::Id<crate::people::Agency>) -> String,
    /// Words of a condition.
    pub condition: &'a dyn Fn(&Condition) -> String,
}

/// The whole document.
pub fn export(process: &Process, names: &Names<'_>) -> String {
    let picture = Picture::of(process);
    let mut out = String::from(concat!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
        "<bpmn:definitions xmlns:bpmn=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" ",
        "xmlns:bpmndi=\"http://www.omg.org/spec/BPMN/20100524/DI\" xmlns:dc=\"http://www.omg.org/spec/DD/20100524/DC\" ",
        "xmlns:di=\"http://www.omg.org/spec/DD/20100524/DI\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" ",
        "id=\"definitions\" targetNamespace=\"urn:motcua:process\" exporter=\"motcua\">\n"
    ));
    collaboration(&mut out, process, names);
    out.push_str("<bpmn:process id=\"process\" isExecutable=\"false\">\n");
    lanes(&mut out, &picture, process, names);
    nodes(&mut out, &picture, process);
    flows(&mut out, &picture, names);
    out.push_str("</bpmn:process>\n");
    diagram(&mut out, &picture, process);
    out.push_str("</bpmn:definitions>\n");
    out
}

fn collaboration(out: &mut String, process: &Process, names: &Names<'_>) {
    out.push_str("<bpmn:collaboration id=\"collaboration\">\n");
    line(out, format_args!("<bpmn:participant id=\"pool\" name=\"{}\" processRef=\"process\"/>", Text(names.process)));
    for (n, p) in process.participants.iter().enumerate() {
        let name = format!("{}: {}", (names.agency)(p.agency), p.work);
        line(out, format_args!("<bpmn:participant id=\"pool_{n}\" name=\"{}\"/>", Text(&name)));
    }
    out.push_str("</bpmn:collaboration>\n");
}

fn lanes(out: &mut String, picture: &Picture, process: &Process, names: &Names<'_>) {
    if picture.lanes.is_empty() {
        return;
    }
    out.push_str("<bpmn:laneSet id=\"lanes\">\n");
    for (n, lane) in picture.lanes.iter().enumerate() {
        let name = (names.lane)(&lane.actor);
        line(out, format_args!("<bpmn:lane id=\"lane_{n}\" name=\"{}\">", Text(&name)));
        for at in &lane.steps {
            let mut refer = |id: String| line(out, format_args!("<bpmn:flowNodeRef>{id}</bpmn:flowNodeRef>"));
            if *at == 0 {
                refer(id(Tip::Begin));
            }
            refer(id(Tip::Step(*at)));
            if !process.steps[*at].transitions.is_empty() {
                refer(id(Tip::Diamond(*at)));
            }
            if at + 1 == process.steps.len() {
                refer(id(Tip::End));
            }
        }
        out.push_str("</bpmn:lane>\n");
    }
    out.push_str("</bpmn:laneSet>\n");
}

fn nodes(out: &mut String, picture: &Picture, process: &Process) {
    let node = |out: &mut String, kind: &str, tip: Tip, attributes: &str, words: &str| {
        line(out, format_args!("<bpmn:{kind} id=\"{}\"{attributes}>", id(tip)));
        out.push_str(words);
        refer(out, picture, tip);
        line(out, format_args!("</bpmn:{kind}>"));
    };
    node(out, "startEvent", Tip::Begin, " name=\"Bắt đầu\"", "");
    for (at, step) in process.steps.iter().enumerate() {
        let name = format!(" name=\"{}\"", Text(&step.name_vi));
        node(out, "userTask", Tip::Step(at), &name, &documentation(step));
        if !step.transitions.is_empty() {
            let default = picture.arrows.iter().position(|a| a.is_default && a.from == Tip::Diamond(at));
            let attribute = default.map(|n| format!(" default=\"flow_{n}\"")).unwrap_or_default();
            node(out, "exclusiveGateway", Tip::Diamond(at), &format!(" name=\"\"{attribute}"), "");
        }
    }
    node(out, "endEvent", Tip::End, " name=\"Kết thúc\"", "");
}

fn documentation(step: &Step) -> String {
    let kind = step.kind.words().0;
    let time = step.minutes.map(|m| format!("; {}", working_time(m).0)).unwrap_or_default();
    format!("<bpmn:documentation>{}</bpmn:documentation>\n", Text(&format!("{kind}{time}")))
}

/// What comes in and goes out.
fn refer(out: &mut String, picture: &Picture, tip: Tip) {
    for (n, _) in picture.arrows.iter().enumerate().filter(|(_, a)| a.to == tip) {
        line(out, format_args!("<bpmn:incoming>flow_{n}</bpmn:incoming>"));
    }
    for (n, _) in picture.arrows.iter().enumerate().filter(|(_, a)| a.from == tip) {
        line(out, format_args!("<bpmn:outgoing>flow_{n}</bpmn:outgoing>"));
    }
}

fn flows(out: &mut String, picture: &Picture, names: &Names<'_>) {
    for (n, arrow) in picture.arrows.iter().enumerate() {
        let ends = format!("id=\"flow_{n}\" sourceRef=\"{}\" targetRef=\"{}\"", id(arrow.from), id(arrow.to));
        let Some((when, reason)) = &arrow.way else {
            line(out, format_args!("<bpmn:sequenceFlow {ends}/>"));
            continue;
        };
        let words = (names.condition)(when);
        line(out, format_args!("<bpmn:sequenceFlow {ends} name=\"{}\">", Text(&words)));
        line(out, format_args!("<bpmn:documentation>{}</bpmn:documentation>", Text(reason)));
        line(
            out,
            format_args!(
                "<bpmn:conditionExpression xsi:type=\"bpmn:tFormalExpression\">{}</bpmn:conditionExpression>",
                Text(&words)
            ),
        );
        out.push_str("</bpmn:sequenceFlow>\n");
    }
}

fn diagram(out: &mut String, picture: &Picture, process: &Process) {
    out.push_str(
        "<bpmndi:BPMNDiagram id=\"diagram\">\n<bpmndi:BPMNPlane id=\"plane\" bpmnElement=\"collaboration\">\n",
    );
    let whole = Node { step: 0, x: 0, y: 0, w: picture.width, h: picture.height };
    shape(out, "pool", whole, " isHorizontal=\"true\"");
    for (n, lane) in picture.lanes.iter().enumerate() {
        // Tools draw the pool's name in a strip of 30 at the left.
        let (x, w) = (30, picture.width - 30);
        shape(out, &format!("lane_{n}"), Node { step: 0, x, y: lane.y, w, h: lane.height }, " isHorizontal=\"true\"");
    }
    shape(out, &id(Tip::Begin), picture.begin, "");
    shape(out, &id(Tip::End), picture.end, "");
    for node in &picture.boxes {
        shape(out, &id(Tip::Step(node.step)), *node, "");
    }
    for node in &picture.diamonds {
        shape(out, &id(Tip::Diamond(node.step)), *node, " isMarkerVisible=\"true\"");
    }
    for n in 0..process.participants.len() {
        let y = picture.height + 20 + i32::try_from(n).unwrap_or(0) * (POOL + 20);
        let pool = Node { step: 0, x: 0, y, w: LANE_NAME + 3 * BOX.0, h: POOL };
        shape(out, &format!("pool_{n}"), pool, " isHorizontal=\"true\"");
    }
    for (n, arrow) in picture.arrows.iter().enumerate() {
        edge(out, n, arrow);
    }
    out.push_str("</bpmndi:BPMNPlane>\n</bpmndi:BPMNDiagram>\n");
}

fn shape(out: &mut String, element: &str, n: Node, attributes: &str) {
    line(out, format_args!("<bpmndi:BPMNShape id=\"{element}_di\" bpmnElement=\"{element}\"{attributes}>"));
    line(out, format_args!("<dc:Bounds x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>", n.x, n.y, n.w, n.h));
    out.push_str("</bpmndi:BPMNShape>\n");
}

fn edge(out: &mut String, n: usize, arrow: &Arrow) {
    line(out, format_args!("<bpmndi:BPMNEdge id=\"flow_{n}_di\" bpmnElement=\"flow_{n}\">"));
    for (x, y) in &arrow.points {
        line(out, format_args!("<di:waypoint x=\"{x}\" y=\"{y}\"/>"));
    }
    out.push_str("</bpmndi:BPMNEdge>\n");
}

fn id(tip: Tip) -> String {
    match tip {
        Tip::Begin => "begin".to_owned(),
        Tip::End => "end".to_owned(),
        Tip::Step(at) => format!("step_{at}"),
        Tip::Diamond(at) => format!("choice_{at}"),
    }
}

fn line(out: &mut String, what: std::fmt::Arguments<'_>) {
    // Writing into a text cannot fail.
    let _ = writeln!(out, "{what}");
}

/// A text that cannot end its attribute or element; control characters, which XML forbids, become blanks.
struct Text<'a>(&'a str);

impl std::fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                c if c.is_control() || c == '\u{fffe}' || c == '\u{ffff}' => f.write_char(' ')?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}
