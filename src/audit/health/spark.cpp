#include "audit/health/spark.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>

namespace celldrift::audit::health {
namespace {

using State = Health::State;

struct Range {
  std::int64_t least = 0;
  std::int64_t most = std::numeric_limits<std::int64_t>::max();
};

std::int64_t number_in(std::string_view text, std::int64_t otherwise) {
  std::from_chars(text.data(), text.data() + text.size(), otherwise);
  return otherwise;
}

// How many executors there may be; nothing where their number does not change by itself.
std::optional<Range> executor_range(const Value& object) {
  Range range;
  const Value* dynamic = object.find({"spec", "dynamicAllocation"});
  if (dynamic != nullptr && is_set(dynamic->find("enabled"))) {
    return Range{number_at(*dynamic, {"minExecutors"}, range.least),
                 number_at(*dynamic, {"maxExecutors"}, range.most)};
  }
  const Value* conf = object.find({"spec", "sparkConf"});
  for (const std::string prefix :
       {"spark.streaming.dynamicAllocation.", "spark.dynamicAllocation."}) {
    if (conf != nullptr && conf->string_at({prefix + "enabled"}) == "true") {
      return Range{number_in(conf->string_at({prefix + "minExecutors"}), range.least),
                   number_in(conf->string_at({prefix + "maxExecutors"}), range.most)};
    }
  }
  return std::nullopt;
}

bool has_its_executors(const Value& object) {
  const Value* executors = object.find({"status", "executorState"});
  if (executors == nullptr) {
    return false;
  }
  const auto running = std::ranges::count_if(executors->entries(), [](const Value::Entry& each) {
    return each.value.is_string() && each.value.as_string() == "RUNNING";
  });
  const Value* instances = object.find({"spec", "executor", "instances"});
  if (instances != nullptr && instances->is_int() && instances->as_int() == running) {
    return true;
  }
  if (const auto range = executor_range(object)) {
    return running >= range->least && running <= range->most;
  }
  return instances == nullptr && object.find({"spec", "dynamicAllocation"}) == nullptr &&
         running > 0;
}

constexpr std::pair<std::string_view, State> states[] = {{"COMPLETED", State::healthy},
                                                         {"FAILED", State::degraded},
                                                         {"SUBMISSION_FAILED", State::degraded},
                                                         {"FAILING", State::degraded},
                                                         {"INVALIDATING", State::unknown}};

}  // namespace

Health spark_health(const Value& object) {
  const std::string_view state = object.string_at({"status", "applicationState", "state"});
  if (state == "COMPLETED" || (state == "RUNNING" && has_its_executors(object))) {
    return {};
  }
  const auto* found = std::ranges::find(states, state, &std::pair<std::string_view, State>::first);
  return {found == std::end(states) ? State::progressing : found->second,
          state.empty() ? "it is not submitted yet" : "it is " + printable(state)};
}

}  // namespace celldrift::audit::health
