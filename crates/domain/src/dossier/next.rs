use super::{CommandName, Dossier, Law, Status, decide, holding, lawful::lawful};
use crate::{accounts::Who, interlink};

/// What may lawfully come next for this officer at this moment: only these buttons are shown, only these commands succeed.
pub fn next(who: &Who, dossier: &Dossier, law: &Law) -> Vec<CommandName> {
    use CommandName as C;
    let may = |name: C, yes: bool| yes.then_some(name);
    let withdraw = may(C::Withdrawals, decide::may_withdraw(who, dossier).is_ok());
    if dossier.proposal.is_some() {
        let confirm = may(C::Approvals, holding::holds(who, dossier, law.process));
        // What others do for it goes on meanwhile, as the decision lets it.
        let beside = interlink::lawful(who, dossier, law.process).into_iter().chain(urging(who, dossier, law));
        return confirm.into_iter().chain(withdraw).chain(beside).collect();
    }
    let mut next = lawful(who, dossier, law.process);
    next.retain(|name| *name != C::Refusals || decide::refusal_in_time(dossier, law).is_ok());
    // ADM-02: another counter takes in this field.
    next.retain(|name| *name != C::Acceptances || who.bound.takes_in(&law.procedure.field.name));
    let guides = matches!(dossier.status, Status::Draft | Status::Submitted { .. });
    next.extend(
        [
            may(C::GuidanceRequests, guides && decide::may_guide(who, dossier, law).is_ok()),
            may(C::SupplementRequests, decide::may_ask_supplement(who, dossier, law).is_ok()),
            may(C::Supplements, decide::may_supplement(who, dossier).is_ok()),
            may(C::FeeRequests, decide::may_require_fee(who, dossier, law).is_ok()),
            may(C::FeeCancellations, decide::may_cancel_fee(who, dossier, law).is_ok()),
            may(C::Payments, decide::may_record_payment(who, dossier).is_ok()),
            may(C::Suspensions, decide::may_suspend(who, dossier, law).is_ok()),
            may(C::Resumptions, decide::may_resume(who, dossier, law).is_ok()),
            may(C::Explanations, decide::may_explain(who, dossier, law).is_ok()),
            may(C::Apologies, decide::may_apologise(who, dossier, law).is_ok()),
            may(C::DateAdjustments, decide::may_adjust_date(who, dossier, law).is_ok()),
            may(C::OverdueCauses, decide::may_explain_overdue(who, dossier, law).is_ok()),
            may(C::Stops, decide::may_stop(who, dossier, law).and(decide::stop_in_time(dossier, law)).is_ok()),
            may(C::LateConfirmations, dossier.status.is_alive() && decide::may_confirm_late(who, dossier).is_ok()),
            withdraw,
        ]
        .into_iter()
        .flatten(),
    );
    next.extend(urging(who, dossier, law));
    next
}

/// Hurrying and being hurried goes beside everything else.
fn urging(who: &Who, dossier: &Dossier, law: &Law) -> Vec<CommandName> {
    let all = [
        (CommandName::Urgings, decide::may_urge(who, dossier, law).is_ok()),
        (CommandName::UrgingAnswers, decide::may_answer_urging(who, dossier, law).is_ok()),
    ];
    all.into_iter().filter_map(|(name, may)| may.then_some(name)).collect()
}

/// The same for somebody who may act as several: as oneself, and as those for whom one stands in (FLW-07).
pub fn next_for(identities: &[Who], dossier: &Dossier, law: &Law) -> Vec<CommandName> {
    let mut names = Vec::new();
    for name in identities.iter().flat_map(|who| next(who, dossier, law)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
