//! Sums over all paths to the nodes of a lattice (forward) or from them (backward), a row at a time.
//!
//! The sum of a node and state is exp(log)·state with one logarithm a node, so that a step needs one
//! exponential an edge and no logarithm. All columns of a row are computed side by side; only the
//! additions, which stay in their row, follow one after the other.

use super::gap::{FIRST_MATCH, GapModel};
use super::math::{exp, ln};
use super::paths::{Direction, Lattice, Span};

/// The logarithm of nothing: finite, so that differences of two of them are defined.
pub(super) const NEVER: f64 = -1e300;

/// Terms smaller than the largest by this many nats do not count.
const NEGLIGIBLE: f64 = 36.0;

/// Where the sums of both directions together are below this, no posterior can be above [`ZERO`].
const ALIVE: f64 = 1e-40;

/// Posteriors below this are zero.
const ZERO: f64 = 1e-13;

/// Indices of the one-sided shapes.
const OMISSION: usize = 0;
pub(super) const ADDITION: usize = 1;

/// The sums of a row of nodes: exp(log)·state.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    pub(super) log: Vec<f64>,
    /// Forward: what goes on into a match, a gap, a long gap. Backward: what follows on each state.
    pub(super) state: [Vec<f32>; 3],
}

/// What a step of the recursion leaves behind, for the posteriors.
#[derive(Debug, Default)]
struct Scratch {
    /// Shape by shape, column by column: the score with the neighbour's logarithm, less `top`;
    /// exponentiated.
    terms: Vec<f64>,
    top: Vec<f64>,
    /// What the terms but those of additions are to be multiplied with to be relative to `top`.
    scale: Vec<f64>,
    /// The same for additions; both become probabilities with the sums of the other direction.
    weight: Vec<f64>,
    sums: [Vec<f64>; 3],
    /// For each shape the columns that have a neighbour, and where the neighbours begin.
    spans: Vec<Span>,
}

/// How the states follow on each other, as factors.
#[derive(Debug, Clone, Copy)]
struct Transitions([[f64; 3]; 3]);

impl Transitions {
    fn new(gaps: &GapModel, direction: Direction) -> Self {
        let (open, extend, close) = (gaps.open.map(exp), gaps.extend.map(exp), gaps.close.map(exp));
        match direction {
            Direction::Forward => {
                Self([[open[0], close[1], close[2]], [open[1], extend[1], 0.0], [open[2], 0.0, extend[2]]])
            }
            Direction::Backward => {
                Self([[open[0], open[1], open[2]], [close[1], extend[1], 0.0], [close[2], 0.0, extend[2]]])
            }
        }
    }

    fn apply(&self, sums: [f64; 3]) -> [f64; 3] {
        self.0.map(|row| row[0] * sums[0] + row[1] * sums[1] + row[2] * sums[2])
    }
}

/// One direction of the recursion.
pub(super) struct Pass<'p> {
    lattice: &'p Lattice<'p>,
    direction: Direction,
    transitions: Transitions,
    temperature: f64,
    pub(super) rows: Vec<Row>,
    scratch: Scratch,
}

impl<'p> Pass<'p> {
    pub(super) fn new(
        lattice: &'p Lattice<'p>,
        direction: Direction,
        gaps: &GapModel,
        temperature: f64,
    ) -> Self {
        let band = lattice.band;
        let mut rows = vec![Row::default(); band.rows()];
        let (first, state) = match direction {
            Direction::Forward => (0, 0),
            Direction::Backward => (band.rows() - 1, band.width(band.rows() - 1) - 1),
        };
        let transitions = Transitions::new(gaps, direction);
        // The border: nothing before the first node, anything after the last.
        let border = match direction {
            Direction::Forward => transitions.apply([1.0, 0.0, 0.0]),
            Direction::Backward => [1.0; 3],
        };
        let mut pass = Self {
            lattice,
            direction,
            transitions,
            temperature,
            rows: Vec::new(),
            scratch: Scratch::default(),
        };
        rows[first] = Row {
            log: vec![NEVER; band.width(first)],
            state: [(); 3].map(|()| vec![1.0; band.width(first)]),
        };
        rows[first].log[state] = 0.0;
        (0..3).for_each(|s| rows[first].state[s][state] = border[s] as f32);
        pass.rows = rows;
        pass
    }

    /// Computes the sums of row `i` from those of its neighbours; `edges` gives the scores of a row.
    pub(super) fn step<'e>(&mut self, i: usize, edges: impl Fn(usize) -> &'e [f32]) {
        let band = self.lattice.band;
        let width = band.width(i);
        let first_row = !self.rows[i].log.is_empty();
        let Scratch { terms, top, scale, sums, spans, .. } = &mut self.scratch;
        terms.clear();
        terms.resize(width * self.lattice.shapes.len(), 0.0);
        spans.clear();
        for list in [&mut *top, &mut *scale].into_iter().chain(sums.iter_mut()) {
            list.clear();
        }
        top.resize(width, NEVER);
        scale.resize(width, 1.0);
        sums.iter_mut().for_each(|s| s.resize(width, 0.0));
        for (shape, &(n, m)) in self.lattice.shapes.iter().enumerate() {
            let span = self.lattice.span(self.direction, i, (n, m));
            spans.push(span);
            if span.from == span.to || shape == ADDITION {
                continue;
            }
            let neighbour = &self.rows[span.row].log[span.others()];
            let scores = match self.direction {
                Direction::Forward => &edges(span.row)[shape * band.width(span.row)..][span.others()],
                Direction::Backward => &edges(i)[shape * width..][span.from..span.to],
            };
            let terms = &mut terms[shape * width..][span.from..span.to];
            let top = &mut top[span.from..span.to];
            for (((term, top), &score), &log) in terms.iter_mut().zip(top).zip(scores).zip(neighbour) {
                *term = self.temperature * f64::from(score) + log;
                *top = if *term > *top { *term } else { *top };
            }
        }
        for (shape, span) in spans.iter().enumerate() {
            if span.from == span.to || shape == ADDITION {
                continue;
            }
            let neighbour = &self.rows[span.row].state;
            let terms = &mut terms[shape * width..][span.from..span.to];
            let top = &top[span.from..span.to];
            for (term, &top) in terms.iter_mut().zip(top) {
                *term = exp(*term - top);
            }
            let states = if shape == OMISSION { 1..3 } else { 0..1 };
            for s in states {
                let sums = &mut sums[s][span.from..span.to];
                for ((sum, &term), &other) in sums.iter_mut().zip(&*terms).zip(&neighbour[s][span.others()]) {
                    *sum += term * f64::from(other);
                }
            }
        }
        let mut row = if first_row {
            std::mem::take(&mut self.rows[i])
        } else {
            Row { log: vec![NEVER; width], state: [(); 3].map(|()| vec![1.0; width]) }
        };
        let additions = &edges(i)[ADDITION * width..][..width];
        for step in 0..width {
            let (k, before) = match self.direction {
                Direction::Forward => (step, step.checked_sub(1)),
                Direction::Backward => (width - 1 - step, (step > 0).then(|| width - step)),
            };
            if first_row && step == 0 {
                continue;
            }
            let mut sum = [sums[0][k], sums[1][k], sums[2][k]];
            if let Some(before) = before {
                let score = additions[k.min(before)];
                let term = self.temperature * f64::from(score) + row.log[before];
                let above = term - top[k];
                let mut share = 1.0;
                if above > 0.0 {
                    scale[k] = exp(-above);
                    sum = sum.map(|s| s * scale[k]);
                    top[k] = term;
                } else {
                    share = if above < -NEGLIGIBLE { 0.0 } else { exp(above) };
                }
                terms[ADDITION * width + k] = share;
                sum[1] += share * f64::from(row.state[1][before]);
                sum[2] += share * f64::from(row.state[2][before]);
            }
            let mut state = self.transitions.apply(sum);
            row.log[k] = top[k];
            let largest = state[0].max(state[1]).max(state[2]);
            if !(1e-9..1e9).contains(&largest) && largest > 0.0 {
                row.log[k] += ln(largest);
                state = state.map(|s| s / largest);
            }
            (0..3).for_each(|s| row.state[s][k] = state[s] as f32);
        }
        self.rows[i] = row;
    }

    /// The posteriors of the edges that the last step went over, each shape's handed to `write` with
    /// all its edges and those that are not zero, and of the nodes of the row. `met` are the sums of the other
    /// direction on this row, `z` the log-likelihood.
    pub(super) fn posteriors(
        &mut self,
        i: usize,
        met: &Row,
        z: f64,
        mut write: impl FnMut(usize, Span, Span, &[f64]),
        nodes: &mut [f32],
    ) {
        let width = self.lattice.band.width(i);
        let Scratch { terms, top, scale, weight, sums, spans } = &mut self.scratch;
        weight.clear();
        weight.extend(top.iter().zip(&met.log).map(|(top, log)| exp(top + log - z)));
        scale.iter_mut().zip(&*weight).for_each(|(scale, weight)| *scale *= weight);
        // Far from all likely paths there is nothing to compute.
        let alive = |weight: &f64| *weight > ALIVE;
        let live = weight.iter().position(alive).unwrap_or(width);
        let live = live..weight.iter().rposition(alive).map_or(live, |last| last + 1);
        let total = &mut sums[0];
        total.fill(0.0);
        for (shape, &whole) in spans.iter().enumerate() {
            let span = whole.within(&live);
            if span.from == span.to {
                write(shape, whole, span, &[]);
                continue;
            }
            let here = span.from..span.to;
            let terms = &mut terms[shape * width..][here.clone()];
            let state = |s: usize| &self.rows[span.row].state[s][span.others()];
            if shape < FIRST_MATCH {
                let met = (&met.state[1][here.clone()], &met.state[2][here.clone()]);
                let others = (state(1), state(2));
                for (k, term) in terms.iter_mut().enumerate() {
                    let through = f64::from(met.0[k] * others.0[k] + met.1[k] * others.1[k]);
                    *term *= through;
                }
            } else {
                for ((term, &x), &y) in terms.iter_mut().zip(&met.state[0][here.clone()]).zip(state(0)) {
                    *term *= f64::from(x * y);
                }
            }
            let scale = if shape == ADDITION { &weight[here.clone()] } else { &scale[here.clone()] };
            for ((term, &scale), total) in terms.iter_mut().zip(scale).zip(&mut total[here]) {
                *term *= scale;
                *total += *term;
                *term = if *term < ZERO { 0.0 } else { *term };
            }
            write(shape, whole, span, terms);
        }
        for (node, &total) in nodes.iter_mut().zip(&*total) {
            *node = if total < ZERO { 0.0 } else { total.min(1.0) as f32 };
        }
    }
}
