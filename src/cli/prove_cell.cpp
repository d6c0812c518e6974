#include "cli/prove_cell.hpp"

#include "cli/compare_placed.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

namespace celldrift::cli {
namespace {

using compare::ObjectResult;
using compare::Status;
using history::Score;

bool is_live(const ObjectResult& result) {
  return result.status == Status::equal || result.status == Status::drifted;
}

bool is_off(const ObjectResult& result) {
  return result.status == Status::drifted || result.status == Status::missing ||
         result.status == Status::extra;
}

// What is missing as a whole was never there, as far as anybody can tell.
bool needs_proof(const audit::ComparedApplication& application) {
  return std::ranges::any_of(application.objects, is_off) &&
         std::ranges::any_of(application.objects, is_live);
}

// All that is live and tracked as one of the Applications, whether Git wants it or not.
std::map<std::string, std::vector<ObjectResult>> tracked(const std::vector<Placed>& placed,
                                                         const ComparedState& state) {
  const compare::ApplicationNames names =
      names_of(applications_of(placed), state.rules.controller_ns);
  return compare::find_extra(
      state.live, {.applications = names, .server = state.cell.server}, state.context);
}

// One Application: each distinct object of its past is compared once.
class Scorer {
 public:
  Scorer(const fleet::Application& application,
         std::vector<ObjectResult> tracked,
         const ComparedState& state)
      : application_(application),
        name_(fleet::instance_name(application, state.rules.controller_ns)),
        tracked_(std::move(tracked)),
        state_(state) {
    if (const Value* spec = application.object.find("spec")) {
      spec_ = *spec;
    }
  }

  std::optional<Score> operator()(const fleet::Application& application,
                                  const history::Sources& sources) {
    const RenderedApplication rendered{
        .application = application, .sources = sources, .references = {}};
    const RenderedApplication* one = &rendered;
    std::vector<Problem> problems;
    Placements placements;  // of no use to others
    const auto placed = place_all({&one, 1},
                                  {.cell = state_.cell,
                                   .served = state_.served,
                                   .projects = state_.rules.projects,
                                   .placements = placements},
                                  problems);
    if (placed.empty()) {
      return std::nullopt;
    }
    Score score;
    std::set<ObjectKey> stated;
    for (const auto& [key, object] : placed.front().objects) {
      stated.merge(compare::identities(key));
      if (!is_excluded(key)) {
        score += score_of(key, object);
      }
    }
    for (const ObjectResult& extra : tracked_) {
      if (!stated.contains(extra.key)) {
        score += history::score_of(extra);
      }
    }
    return score;
  }

 private:
  bool is_excluded(const ObjectKey& key) const {
    const compare::ArgoSettings& settings = state_.context.settings;
    return settings.tracking != compare::TrackingMethod::unknown &&
           settings.excludes(key.group_kind(), state_.cell.server);
  }

  const Score& score_of(const ObjectKey& key, const Value& object) {
    auto& scores = scores_[key];
    auto found = scores.find(object.hash());
    if (found == scores.end()) {
      found = scores.emplace(object.hash(), compared(key, object)).first;
    }
    return found->second;
  }

  Score compared(const ObjectKey& key, const Value& object) {
    compare::Context context = state_.context;
    context.explain = compare::Explain::no;
    Score score;
    for (const ObjectResult& result : compare::compare_desired(
             name_, spec_, {{key, state_.secrets.hide(key, object)}}, state_.view, context)) {
      score += history::score_of(result);
    }
    return score;
  }

  const fleet::Application& application_;
  std::string name_;
  Value spec_;
  std::vector<ObjectResult> tracked_;
  const ComparedState& state_;
  std::unordered_map<ObjectKey, std::unordered_map<Hash, Score>> scores_;
};

// Who wants what is tracked, under any of the keys that it can be live under.
class WantedBy {
 public:
  explicit WantedBy(const std::vector<Placed>& placed) {
    for (const Placed& application : placed) {
      for (const auto& [key, object] : application.objects) {
        for (const ObjectKey& each : compare::identities(key)) {
          const auto [place, is_new] = first_.emplace(each, &application);
          if (place->second != &application) {
            several_.insert(each);
          }
        }
      }
    }
  }

  bool another_than(const Placed& own, const ObjectKey& key) const {
    const auto found = first_.find(key);
    return found != first_.end() && (found->second != &own || several_.contains(key));
  }

 private:
  std::map<ObjectKey, const Placed*> first_;
  std::set<ObjectKey> several_;
};

}  // namespace

std::vector<audit::Proved> prove_all(const std::vector<Placed>& placed,
                                     const std::vector<audit::ComparedApplication>& compared,
                                     const ComparedState& state,
                                     Prover& prover) {
  std::vector<audit::Proved> proved;
  if (prover.is_off() || std::ranges::none_of(compared, needs_proof)) {
    return proved;
  }
  auto all = tracked(placed, state);
  const WantedBy wanted_by(placed);
  for (std::size_t i = 0; i < placed.size(); ++i) {
    if (!needs_proof(compared[i])) {
      continue;
    }
    const fleet::Application& application = *placed[i].application;
    auto& own = all[fleet::instance_name(application, state.rules.controller_ns)];
    // What others want is theirs, whatever its marks say.
    std::erase_if(own, [&](const ObjectResult& result) {
      return wanted_by.another_than(placed[i], result.key);
    });
    Scorer scorer(application, own, state);
    if (auto result = prover.prove(application, state.cell, std::ref(scorer))) {
      proved.push_back(*std::move(result));
    }
  }
  return proved;
}

}  // namespace celldrift::cli
