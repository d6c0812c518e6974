#include "audit/gate/waves.hpp"

#include "audit/gate/objections.hpp"
#include "audit/rules/stages.hpp"
#include "celldrift/audit/names.hpp"

#include <algorithm>

namespace celldrift::audit {
namespace {

using compare::ObjectResult;
using compare::Status;
using State = WaveCell::State;

// Of one object, or one Application: the worst of a cell's is the cell's.
struct Standing {
  State state = State::ready;
  std::string says;
};

std::size_t badness(State state) {
  static constexpr State order[] = {State::untouched,
                                    State::ready,
                                    State::soaking,
                                    State::unhealthy,
                                    State::behind,
                                    State::unknown};
  return std::size_t(std::ranges::find(order, state) - order);
}

Standing worse(Standing a, Standing b) {
  return badness(b.state) > badness(a.state) ? std::move(b) : std::move(a);
}

// What the deploy no longer wants may lie there where nothing prunes by itself.
Standing standing_of(const ObjectResult& result, std::span<const HealthScript> scripts) {
  const std::string object = describe(ref_of(result));
  switch (result.status) {
    case Status::equal:
    case Status::extra:
      break;
    case Status::drifted:
      return {
          State::behind,
          object + " is not as the deploy has it" +
              (result.differences.empty() ? "" : ": " + result.differences.front().path.text())};
    case Status::missing:
      return {State::behind, object + " is not there yet"};
    case Status::unknown:
      return {
          State::unknown,
          object + " could not be looked at" + (result.reason.empty() ? "" : ": " + result.reason)};
  }
  if (result.status == Status::extra || result.live.is_null() || !counts_for_health(result.live)) {
    return {};
  }
  const auto health = health_of(result.live, scripts);
  if (!health) {
    return {State::unknown,
            object + " may not be healthy: argocd-cm has a script that tells, which is not run"};
  }
  return health->state == Health::State::healthy
             ? Standing()
             : Standing{State::unhealthy, object + " is not healthy: " + health->says};
}

class CellWatch {
 public:
  CellWatch(std::string name, Time at, std::span<const HealthScript> scripts)
      : at_(at), scripts_(scripts) {
    cell_.cell = std::move(name);
  }

  void add(const GateApplication& application) {
    seen_ = true;
    if (application.failed) {
      take({State::unknown, application.application + " could not be rendered"});
    }
    for (const ObjectResult& result : application.next) {
      take(standing_of(result, scripts_));
      if (result.status != Status::equal) {
        continue;
      }
      const auto since = unchanged_since(result);
      cell_.since = !since ? cell_.since : !cell_.since ? since : std::max(*cell_.since, *since);
    }
  }

  WaveCell take(std::chrono::seconds soak, const CellSummary* summary) {
    if (summary != nullptr && !was_looked_at(*summary)) {
      take(
          {State::unknown,
           "the cell could not be read" + (summary->reason.empty() ? "" : ": " + summary->reason)});
    } else if (!seen_) {
      standing_ = {State::untouched, "it runs nothing that the deploy touches"};
    }
    if (standing_.state == State::ready && soak.count() > 0) {
      soak_for(soak);
    }
    cell_.state = standing_.state;
    cell_.says = standing_.says;
    if (cell_.state != State::ready && cell_.state != State::soaking) {
      cell_.since = std::nullopt;
    }
    return std::move(cell_);
  }

 private:
  void take(Standing standing) { standing_ = worse(std::move(standing_), std::move(standing)); }

  void soak_for(std::chrono::seconds soak) {
    if (!cell_.since) {
      take({State::unknown, "nothing says since when it has been so"});
    } else if (at_ - *cell_.since < soak) {
      take(
          {State::soaking,
           "it has been so for " + describe_age(at_ - *cell_.since) + " of " + describe_age(soak)});
    }
  }

  WaveCell cell_;
  Standing standing_;
  Time at_;
  std::span<const HealthScript> scripts_;
  bool seen_ = false;
};

GateReason reason_of(State state) {
  switch (state) {
    case State::soaking:
      return GateReason::soak;
    case State::unhealthy:
      return GateReason::unhealthy;
    case State::unknown:
      return GateReason::unknown;
    case State::behind:
    case State::ready:
    case State::untouched:
      break;
  }
  return GateReason::wave;
}

std::string message_of(const WaveCell& cell, const Wave& wave) {
  const std::string start = cell.cell + " of the earlier wave " + wave.name;
  switch (cell.state) {
    case State::soaking:
      return start + " runs it, but not for long enough: " + cell.says;
    case State::unhealthy:
      return start + " is not healthy with it: " + cell.says;
    case State::unknown:
      return start + " cannot be judged: " + cell.says;
    case State::behind:
    case State::ready:
    case State::untouched:
      break;
  }
  return start + " does not run it: " + cell.says;
}

class Watch {
 public:
  Watch(const GateInput& input, const std::set<std::string>& components)
      : input_(input), components_(components), labels_(labels_of_cells(input.now.cells)) {}

  EarlierWaves take() {
    EarlierWaves result;
    const std::vector<Wave>& waves = input_.rules->waves;
    for (std::size_t i = 0; i < *input_.wave; ++i) {
      WaveState state{.name = waves[i].name, .soak = waves[i].soak};
      for (const CellSummary& cell : input_.now.cells) {
        if (!cell_is_in(cell.name, i)) {
          continue;
        }
        state.cells.push_back(watched(cell, waves[i].soak));
        const WaveCell& watched_cell = state.cells.back();
        if (watched_cell.state != State::ready && watched_cell.state != State::untouched) {
          result.objections.push_back({.reason = reason_of(watched_cell.state),
                                       .cells = {cell.name},
                                       .message = message_of(watched_cell, waves[i])});
        }
      }
      std::ranges::sort(state.cells, {}, &WaveCell::cell);
      result.waves.push_back(std::move(state));
    }
    return result;
  }

 private:
  // A cell is in the first wave that has it.
  bool cell_is_in(const std::string& cell, std::size_t wave) const {
    const std::vector<Wave>& waves = input_.rules->waves;
    const auto first = std::ranges::find_if(
        waves, [&](const Wave& each) { return each.cells.matches(cell, labels_); });
    return std::size_t(first - waves.begin()) == wave;
  }

  WaveCell watched(const CellSummary& cell, std::chrono::seconds soak) const {
    const auto known = std::ranges::find(input_.cells, cell.name, &GateCell::name);
    // A snapshot tells of the time that it was taken at, and of none since.
    const bool is_snapshot = known != input_.cells.end() && !cell.snapshot_time.empty();
    CellWatch watch(cell.name, is_snapshot ? known->time : input_.now_time, input_.health_scripts);
    for (const GateApplication& application : input_.applications) {
      if (application.cell == cell.name && application.after &&
          components_.contains(application.component)) {
        watch.add(application);
      }
    }
    return watch.take(soak, &cell);
  }

  const GateInput& input_;
  const std::set<std::string>& components_;
  LabelsOfCells labels_;
};

}  // namespace

EarlierWaves earlier_waves(const GateInput& input, const std::set<std::string>& components) {
  return input.wave && input.rules != nullptr ? Watch(input, components).take() : EarlierWaves();
}

}  // namespace celldrift::audit
