#include "cli/compare_cell.hpp"

#include "celldrift/compare/match.hpp"
#include "celldrift/core/text.hpp"
#include "cli/cell_view.hpp"
#include "cli/compare_placed.hpp"
#include "cli/coverage.hpp"
#include "cli/hide_secrets.hpp"
#include "cli/known_cell.hpp"
#include "cli/known_types.hpp"
#include "cli/live_versions.hpp"
#include "cli/orphans.hpp"
#include "cli/placed.hpp"
#include "cli/prove_cell.hpp"
#include "cli/rehearse_cell.hpp"
#include "cli/tool_state.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

namespace celldrift::cli {
namespace {

compare::LiveView view_of(const observe::Observation& observation) {
  return {.find = [&](const ObjectKey& key,
                      std::string_view version) { return observation.find(key, version); },
          .unknown = [&](const ObjectKey& key) { return observation.unknown(key); },
          .served = [&](std::string_view version,
                        std::string_view kind) { return observation.served.find(version, kind); }};
}

std::set<GroupKind> kinds_of(const observe::Wants& wants) {
  std::set<GroupKind> kinds;
  for (const auto& [kind, wanted] : wants.kinds) {
    kinds.insert(kind);
  }
  return kinds;
}

// Objects that several Applications of the cell want, one problem for each set of them. (Argo CD
// 3.5: SharedResourceWarning)
std::vector<Problem> shared_objects(const std::vector<Placed>& placed, const fleet::Cell& cell) {
  std::map<ObjectKey, std::set<std::string>> wanted_by;
  for (const Placed& application : placed) {
    for (const auto& [key, object] : application.objects) {
      wanted_by[key].insert(application.application->name);
    }
  }
  std::map<std::set<std::string>, std::vector<std::string>> shared;
  for (const auto& [key, names] : wanted_by) {
    if (names.size() > 1) {
      shared[names].push_back(describe(key));
    }
  }
  std::vector<Problem> problems;
  for (const auto& [names, objects] : shared) {
    const std::vector<std::string> all(names.begin(), names.end());
    problems.push_back({.stage = Stage::compare,
                        .cell = cell.name,
                        .application = all.front(),
                        .message = join(objects, ", ") + " is part of the Applications " +
                                   join(all, " and ") + ": whichever syncs last wins",
                        .unknown = LeavesUnknown::no});
  }
  return problems;
}

void add(std::vector<Problem> more, std::vector<Problem>& problems) {
  std::ranges::move(more, std::back_inserter(problems));
}

// One cell, from what Git wants in it to all that is told of it. The stages are called in their
// order, each once.
class CellComparison {
 public:
  CellComparison(const fleet::Cell& cell,
                 CellReader& reader,
                 std::span<const RenderedApplication* const> applications,
                 const CompareRules& rules)
      : cell_(cell),
        reader_(reader),
        applications_(applications),
        rules_(rules),
        common_(*rules.in_common),
        is_all_(rules.look == audit::Look::everything) {}

  ComparedCell run() {
    place();
    want();
    read();
    hide();
    summarise();
    const compare::Rights rights(cell_view(observation()), rules_.rights);
    const kube::Schema schema = observation().schema.with_known_types(known_types_of(rules_.argo));
    const compare::Context context{.schema = schema,
                                   .managers = rules_.managers,
                                   .rights = rights,
                                   .settings = rules_.argo,
                                   .explain = rules_.explain};
    const CellLikeness likeness(observation(), rules_.explain);
    const Compared compared{context, view_of(observation()), likeness};
    compare(compared);
    tell_versions(likeness);
    if (is_all_) {
      tell_all(compared);
    }
    return std::move(result_);
  }

 private:
  // What comparisons go by.
  struct Compared {
    const compare::Context& context;
    compare::LiveView view;
    const CellLikeness& likeness;
  };

  void place() {
    placed_ = place_all(applications_,
                        {.cell = cell_,
                         .served = reader_.scopes(),
                         .projects = rules_.projects,
                         .placements = common_.placements},
                        result_.problems);
    leave_out_excluded(placed_, cell_, rules_.argo, common_.placements, result_.problems);
    next_ = place_next(rules_, reader_, cell_, next_problems_);
    if (!is_all_) {
      keep_versions(placed_, common_.placements);
    }
  }

  void want() {
    wanted_ = wanted_together(placed_, next_, [&] { return wants_by_rules(); }, common_.wanted);
    if (is_all_) {
      watches_ = orphan_watches(placed_, rules_.projects);
    }
    if (!watches_.empty()) {
      own_wants_ = wanted_->wants;
      own_wants_->ownerless = kinds_of_orphans(watches_, reader_.reached(), cell_, rules_.argo);
    }
  }

  observe::Wants wants_by_rules() const {
    observe::Wants wants = wants_of(placed_);
    if (rules_.rehearsal != nullptr) {
      want_rehearsal(next_, wants);
    }
    wants.context.merge(compare::Rights::wanted_kinds(kinds_of(wants), rules_.rights));
    want_versions(placed_, rules_.controller_ns, wants);
    if (is_all_) {
      want_substrate(placed_, wants);
    }
    if (wants_tools()) {
      want_tools(*rules_.tools, wants);
    }
    return wants;
  }

  void read() {
    state_.emplace(reader_.read(wants()));
    gaps_ = coverage_problems(observation(), wants());
    add(observe::complete_schema(state_->observation, wants().kinds, wanted_->definitions),
        result_.problems);
  }

  // As if what is wanted now and next were one side: what either keeps secret is secret on the
  // other, too.
  void hide() {
    if (rules_.server_dry_run == ServerDryRun::yes) {
      with_secrets_ = placed_;
      next_with_secrets_ = next_;
    }
    const std::size_t now_count = placed_.size();
    std::ranges::move(next_, std::back_inserter(placed_));
    secrets_.emplace(placed_,
                     *state_,
                     HidingRules{.sensitive = reader_.sensitive(),
                                 .clean = common_.clean_parts,
                                 .cells = common_.hidden});
    next_ = cut_off(placed_, now_count);
  }

  void summarise() {
    result_.summary = summary_of(cell_, observation(), gaps_, wants().kinds.size());
    result_.summary.applications = applications_.size();
    add(std::move(state_->problems), result_.problems);
    add(std::move(gaps_), result_.problems);
    if (auto problem = secrets_->problem()) {
      result_.problems.push_back(*std::move(problem));
    }
  }

  void compare(const Compared& with) {
    result_.applications = compare_placed(placed_,
                                          {.view = with.view,
                                           .controller_ns = rules_.controller_ns,
                                           .context = with.context,
                                           .likeness = with.likeness,
                                           .comparisons = common_.comparisons});
  }

  void tell_versions(const CellLikeness& likeness) {
    const VersionsQuestion question{
        .observation = observation(), .likeness = likeness, .wanted = wanted_, .placed = placed_};
    add_live_versions(question, common_.running, result_.applications);
    if (is_a_cell()) {
      result_.summary.unread = unread_versions(question);
      result_.versions = cluster_versions(observation(), placed_, wants());
    }
  }

  void tell_all(const Compared& with) {
    left_over_ = left_over(observation().objects, wanted_, rules_.argo, common_.left_over);
    add_second_opinions();
    if (wanted_->some_twice) {
      add(shared_objects(placed_, cell_), result_.problems);
    }
    add_extra(with.context);
    if (rules_.rehearsal != nullptr) {
      rehearse_next(with);
    }
    if (rules_.prover != nullptr) {
      prove(with);
    }
    tell_known(with);
    if (wants_tools()) {
      tell_tools(with.context);
    }
  }

  // A rehearsal asks about what is to be deployed instead.
  void add_second_opinions() {
    if (rules_.server_dry_run == ServerDryRun::yes && rules_.rehearsal == nullptr) {
      add(second_opinions(reader_, observation(), state_->key, with_secrets_, result_.applications),
          result_.problems);
    }
  }

  // What is extra of each Application that could be rendered.
  void add_extra(const compare::Context& context) {
    if (left_over_->tracked.empty()) {
      return;
    }
    auto extra = extra_of({.applications = applications_of(placed_),
                           .wanted = wanted_->keys,
                           .live = left_over_->tracked,
                           .cell = cell_,
                           .projects = rules_.projects,
                           .controller_ns = rules_.controller_ns},
                          context);
    for (std::size_t i = 0; i < placed_.size(); ++i) {
      append(std::move(extra[i]), result_.applications[i].objects);
    }
  }

  void rehearse_next(const Compared& with) {
    result_.rehearsed = rehearse({.cell = cell_,
                                  .reader = reader_,
                                  .observation = observation(),
                                  .live = live(),
                                  .view = with.view,
                                  .context = with.context,
                                  .likeness = with.likeness,
                                  .key = state_->key,
                                  .rules = rules_,
                                  .rendered = applications_,
                                  .now = placed_,
                                  .now_compared = result_.applications,
                                  .next = next_,
                                  .next_with_secrets = next_with_secrets_});
    add(std::move(next_problems_), result_.rehearsed->problems);
  }

  void prove(const Compared& with) {
    result_.proved = prove_all(placed_,
                               result_.applications,
                               {.cell = cell_,
                                .live = live(),
                                .served = reader_.scopes(),
                                .view = with.view,
                                .context = with.context,
                                .rules = rules_,
                                .secrets = *secrets_},
                               *rules_.prover);
  }

  void tell_known(const Compared& with) {
    const OrphanQuestion nobodys{.cell = cell_,
                                 .observation = observation(),
                                 .live = live(),
                                 .beside = left_over_->beside,
                                 .wants = wants(),
                                 .placed = placed_,
                                 .applications = applications_.size(),
                                 .rules = rules_};
    add(add_orphans(watches_, nobodys, with.context, result_.applications), result_.problems);
    result_.known = known_cell(watches_, nobodys, with.context, result_.applications);
    if (is_a_cell() && !placed_.empty() && placed_.size() == applications_.size()) {
      result_.known.substrate = substrate_of({.observation = observation(),
                                              .wants = wants(),
                                              .placed = placed_,
                                              .compared = result_.applications,
                                              .managers = rules_.managers,
                                              .likeness = with.likeness,
                                              .wanted = wanted_},
                                             common_.substrates_of_cells,
                                             common_.substrates);
    }
  }

  void tell_tools(const compare::Context& context) {
    result_.tools = tool_state({.cluster = cell_.name,
                                .is_hub = cell_.is_hub || cell_.synthetic,
                                .observation = observation(),
                                .secrets = *secrets_,
                                .context = context,
                                .compared = result_.applications},
                               *rules_.tools);
    if (result_.tools && observation().reachable) {
      add(unread_tools(*result_.tools), result_.problems);
    }
  }

  const observe::Observation& observation() const { return state_->observation; }
  bool wants_tools() const { return is_all_ && rules_.tools != nullptr; }
  bool is_a_cell() const { return observation().reachable && !cell_.synthetic; }
  const observe::Wants& wants() const { return own_wants_ ? *own_wants_ : wanted_->wants; }
  const LeftOver::Objects& live() const { return observation().objects.distinct_objects(); }

  const fleet::Cell& cell_;
  CellReader& reader_;
  std::span<const RenderedApplication* const> applications_;
  const CompareRules& rules_;
  InCommon& common_;
  bool is_all_;

  std::vector<Placed> placed_;
  std::vector<Placed> next_;  // of a rehearsal
  std::vector<Problem> next_problems_;
  std::vector<Placed> with_secrets_;  // for dry runs
  std::vector<Placed> next_with_secrets_;
  std::shared_ptr<const WantedTogether> wanted_;
  std::optional<observe::Wants> own_wants_;  // where the cell wants more than others like it
  std::vector<OrphanWatch> watches_;
  std::optional<CellState> state_;
  std::vector<Problem> gaps_;
  std::optional<HiddenSecrets> secrets_;
  std::shared_ptr<const LeftOver> left_over_;
  ComparedCell result_;
};

}  // namespace

ComparedCell compare_cell(const fleet::Cell& cell,
                          CellReader& reader,
                          std::span<const RenderedApplication* const> applications,
                          const CompareRules& rules) {
  return CellComparison(cell, reader, applications, rules).run();
}

}  // namespace celldrift::cli
