#include "cli/prove_cell.hpp"

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
  compare::ExtraQuestion question{.server = state.cell.server};
  for (const Placed& application : placed) {
    question.applications.insert(
        fleet::instance_name(*application.application, state.rules.controller_ns));
  }
  std::vector<std::pair<ObjectKey, Value>> live;
  observe::each_object(state.observation, [&](const observe::LiveObject& object) {
    live.emplace_back(object.key, object.object);
  });
  return compare::find_extra(live, question, state.context);
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
    const auto placed =
        place_all({&one, 1}, state_.served, state_.rules.projects, state_.cell, problems);
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

// What others want is theirs, whatever its marks say.
void leave_out_wanted(const std::vector<Placed>& placed,
                      const Placed& own,
                      std::vector<ObjectResult>& tracked) {
  std::set<ObjectKey> wanted;
  for (const Placed& application : placed) {
    if (&application != &own) {
      for (const auto& [key, object] : application.objects) {
        wanted.merge(compare::identities(key));
      }
    }
  }
  std::erase_if(tracked, [&](const ObjectResult& result) { return wanted.contains(result.key); });
}

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
  for (std::size_t i = 0; i < placed.size(); ++i) {
    if (!needs_proof(compared[i])) {
      continue;
    }
    const fleet::Application& application = *placed[i].application;
    auto& own = all[fleet::instance_name(application, state.rules.controller_ns)];
    leave_out_wanted(placed, placed[i], own);
    Scorer scorer(application, own, state);
    if (auto result = prover.prove(application, state.cell, std::ref(scorer))) {
      proved.push_back(*std::move(result));
    }
  }
  return proved;
}

}  // namespace celldrift::cli
