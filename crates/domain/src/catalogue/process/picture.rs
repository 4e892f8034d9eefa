//! Where the steps of a process stand in its picture: lanes by who acts, columns by order. The page draws it as SVG, the
//! export as BPMN diagram interchange, both from the same places.

use super::{Actor, Condition, Process, Step};

/// Width and height of a step's box.
pub const BOX: (i32, i32) = (200, 84);
/// Width and height of the diamond at which ways part.
pub const DIAMOND: i32 = 40;
/// Width of the strip at the left that names the lanes.
pub const LANE_NAME: i32 = 150;
/// Diameter of the marks of begin and end.
pub const MARK: i32 = 36;
const GAP: i32 = 48;
const LANE: i32 = 132;
/// Height that each way around other steps takes above the lanes.
const TRACK: i32 = 26;
const MARGIN: i32 = 12;

/// The whole picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Width.
    pub width: i32,
    /// Height.
    pub height: i32,
    /// From top to bottom.
    pub lanes: Vec<Lane>,
    /// One for each step, in order.
    pub boxes: Vec<Node>,
    /// One for each step that has several ways out.
    pub diamonds: Vec<Node>,
    /// The mark of the begin.
    pub begin: Node,
    /// The mark of the end.
    pub end: Node,
    /// All ways.
    pub arrows: Vec<Arrow>,
}

/// Everybody who acts at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lane {
    /// Who: place, agency and unit; the roles are the first step's.
    pub actor: Actor,
    /// Upper edge.
    pub y: i32,
    /// Height.
    pub height: i32,
    /// Places of its steps in the order.
    pub steps: Vec<usize>,
}

/// Something with a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Node {
    /// The step it belongs to, by its place in the order.
    pub step: usize,
    /// Left edge.
    pub x: i32,
    /// Upper edge.
    pub y: i32,
    /// Width.
    pub w: i32,
    /// Height.
    pub h: i32,
}

impl Node {
    const fn left(self) -> (i32, i32) {
        (self.x, self.y + self.h / 2)
    }
    const fn right(self) -> (i32, i32) {
        (self.x + self.w, self.y + self.h / 2)
    }
    const fn top(self) -> (i32, i32) {
        (self.x + self.w / 2, self.y)
    }
    /// The middle, where a text stands.
    pub const fn middle(self) -> (i32, i32) {
        (self.x + self.w / 2, self.y + self.h / 2)
    }
}

/// What an arrow leads from or to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tip {
    /// The mark of the begin.
    Begin,
    /// A step's box.
    Step(usize),
    /// The diamond after a step.
    Diamond(usize),
    /// The mark of the end.
    End,
}

/// A way from one to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrow {
    /// From.
    pub from: Tip,
    /// To.
    pub to: Tip,
    /// Corners, first to last.
    pub points: Vec<(i32, i32)>,
    /// The condition and its reason, for a transition.
    pub way: Option<(Condition, String)>,
    /// Taken when no condition holds.
    pub is_default: bool,
}

impl Picture {
    /// Lays a process out. Ways that lead nowhere are left out; the lint names them.
    pub fn of(process: &Process) -> Self {
        let tracks = process.steps.iter().flat_map(|s| &s.transitions).count();
        let top = MARGIN + i32::try_from(tracks).unwrap_or(0) * TRACK;
        let lanes = lanes(process, top);
        let mut picture = Self {
            width: 0,
            height: lanes.last().map_or(top, |l| l.y + l.height) + MARGIN,
            begin: Node { step: 0, x: LANE_NAME + GAP, y: 0, w: MARK, h: MARK },
            end: Node { step: process.steps.len().saturating_sub(1), x: 0, y: 0, w: MARK, h: MARK },
            boxes: Vec::new(),
            diamonds: Vec::new(),
            arrows: Vec::new(),
            lanes,
        };
        picture.place(process);
        picture.connect(process);
        picture
    }

    fn place(&mut self, process: &Process) {
        let mut x = self.begin.x + MARK + GAP;
        for (at, step) in process.steps.iter().enumerate() {
            let lane = self.lanes.iter().find(|l| l.steps.contains(&at));
            let middle = lane.map_or(0, |l| l.y + l.height / 2);
            self.boxes.push(Node { step: at, x, y: middle - BOX.1 / 2, w: BOX.0, h: BOX.1 });
            x += BOX.0 + GAP;
            if !step.transitions.is_empty() {
                self.diamonds.push(Node { step: at, x, y: middle - DIAMOND / 2, w: DIAMOND, h: DIAMOND });
                x += DIAMOND + GAP;
            }
        }
        self.end.x = x;
        let level = |node: Option<&Node>| node.map_or(0, |n| n.middle().1 - MARK / 2);
        (self.begin.y, self.end.y) = (level(self.boxes.first()), level(self.boxes.last()));
        self.width = x + MARK + GAP;
    }

    fn connect(&mut self, process: &Process) {
        let mut arrows = Vec::new();
        let mut track = 0;
        if !process.steps.is_empty() {
            arrows.push(self.straight(Tip::Begin, Tip::Step(0)));
        }
        for (at, step) in process.steps.iter().enumerate() {
            let after = if at + 1 < process.steps.len() { Tip::Step(at + 1) } else { Tip::End };
            if step.transitions.is_empty() {
                arrows.push(self.straight(Tip::Step(at), after));
                continue;
            }
            arrows.push(self.straight(Tip::Step(at), Tip::Diamond(at)));
            if !step.transitions.iter().any(|t| t.when == Condition::Always) {
                arrows.push(Arrow { is_default: true, ..self.straight(Tip::Diamond(at), after) });
            }
            for way in &step.transitions {
                let Some(to) = process.place_of(&way.to).filter(|to| *to > at) else { continue };
                let way = Some((way.when.clone(), way.reason.clone()));
                arrows.push(Arrow { way, ..self.around(Tip::Diamond(at), Tip::Step(to), track) });
                track += 1;
            }
        }
        self.arrows = arrows;
    }

    fn node(&self, tip: Tip) -> Node {
        match tip {
            Tip::Begin => self.begin,
            Tip::End => self.end,
            Tip::Step(at) => self.boxes[at],
            Tip::Diamond(at) => self.diamonds.iter().copied().find(|d| d.step == at).unwrap_or(self.boxes[at]),
        }
    }

    /// To the neighbour: level where both are in one lane, else with one bend between the columns.
    fn straight(&self, from: Tip, to: Tip) -> Arrow {
        let (a, b) = (self.node(from).right(), self.node(to).left());
        let middle = b.0 - GAP / 2;
        let points = if a.1 == b.1 { vec![a, b] } else { vec![a, (middle, a.1), (middle, b.1), b] };
        Arrow { from, to, points, way: None, is_default: false }
    }

    /// Over the steps between, on a track of its own above the lanes: each step has its column for itself, so the way up
    /// and the way down cross no box.
    fn around(&self, from: Tip, to: Tip, track: i32) -> Arrow {
        let (a, b) = (self.node(from).top(), self.node(to).top());
        let y = MARGIN + track * TRACK + TRACK / 2;
        Arrow { from, to, points: vec![a, (a.0, y), (b.0, y), b], way: None, is_default: false }
    }
}

fn lanes(process: &Process, top: i32) -> Vec<Lane> {
    let same = |a: &Actor, b: &Step| (a.place, a.agency, a.unit) == (b.actor.place, b.actor.agency, b.actor.unit);
    let mut lanes: Vec<Lane> = Vec::new();
    for (at, step) in process.steps.iter().enumerate() {
        if let Some(lane) = lanes.iter_mut().find(|l| same(&l.actor, step)) {
            lane.steps.push(at);
            continue;
        }
        let y = top + i32::try_from(lanes.len()).unwrap_or(0) * LANE;
        lanes.push(Lane { actor: step.actor.clone(), y, height: LANE, steps: vec![at] });
    }
    lanes
}
