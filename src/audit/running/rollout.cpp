#include "audit/running/rollout.hpp"

#include <algorithm>
#include <chrono>
#include <span>

namespace celldrift::audit {
namespace {

// progressDeadlineSeconds where a Deployment has none of its own; other kinds have no such field.
constexpr std::chrono::seconds usual_deadline{600};

const Value* condition(const Value& workload, std::string_view type) {
  const Value* conditions = workload.find({"status", "conditions"});
  if (conditions == nullptr) {
    return nullptr;
  }
  const auto found = std::ranges::find_if(
      conditions->items(), [&](const Value& each) { return each.string_at({"type"}) == type; });
  return found == conditions->items().end() ? nullptr : &*found;
}

bool is_paused(const Value& workload) {
  const Value* paused = workload.find({"spec", "paused"});
  return paused != nullptr && paused->is_bool() && paused->as_bool();
}

bool is_past_its_deadline(const Value& workload) {
  const Value* progressing = condition(workload, "Progressing");
  return progressing != nullptr && progressing->string_at({"status"}) == "False" &&
         progressing->string_at({"reason"}) == "ProgressDeadlineExceeded";
}

bool has_partition(const Value& workload) {
  const Value* partition = workload.find({"spec", "updateStrategy", "rollingUpdate", "partition"});
  return partition != nullptr && partition->is_int() && partition->as_int() > 0;
}

bool waits_for_deletes(const Value& workload) {
  return workload.string_at({"spec", "updateStrategy", "type"}) == "OnDelete";
}

std::chrono::seconds deadline_of(const Value& workload) {
  const Value* deadline = workload.find({"spec", "progressDeadlineSeconds"});
  const bool is_usual = deadline == nullptr || !deadline->is_int();
  return is_usual ? usual_deadline
                  : std::clamp(std::chrono::seconds(deadline->as_int()),
                               usual_deadline,
                               std::chrono::seconds(7 * 24 * 3600));
}

// The controller has not yet seen what the workload states now.
bool is_unseen(const Value& workload) {
  const Value* generation = workload.find({"metadata", "generation"});
  const Value* seen = workload.find({"status", "observedGeneration"});
  return generation != nullptr && seen != nullptr && *generation != *seen;
}

// When anybody last wrote anything but the status; nothing where that is not known.
std::optional<Time> last_written(const Value& workload) {
  std::optional<Time> last;
  const Value* fields = workload.find({"metadata", "managedFields"});
  for (const Value& entry : fields == nullptr ? std::span<const Value>{} : fields->items()) {
    if (entry.string_at({"subresource"}).empty()) {
      last = std::max(last, parse_time(entry.string_at({"time"})));
    }
  }
  return last;
}

// Deployments say themselves when they no longer progress. Of others only time can tell: since the
// workload was last written, which may be when the rollout began, and since a pod was made.
bool is_idle(const Value& workload, const Replacing& pods, Time now) {
  const auto written = last_written(workload);
  if (!written || !pods.newest || pods.ending || condition(workload, "Progressing") != nullptr) {
    return false;
  }
  return std::max(*written, *pods.newest) + deadline_of(workload) < now;
}

// Canaries of Argo Rollouts run two images on purpose, for as long as their steps say.
std::string why_rollout_stopped(const Value& workload) {
  const Value* abort = workload.find({"status", "abort"});
  const bool is_aborted = abort != nullptr && abort->is_bool() && abort->as_bool();
  return is_aborted || workload.string_at({"status", "phase"}) == "Degraded" ? "it is degraded"
                                                                             : "";
}

}  // namespace

std::string why_stopped(std::string_view kind,
                        const Value& workload,
                        const Replacing& pods,
                        Time now) {
  if (kind == "Rollout") {
    return why_rollout_stopped(workload);
  }
  if (is_unseen(workload)) {
    return "";
  }
  if (is_paused(workload)) {
    return "it is paused";
  }
  if (is_past_its_deadline(workload)) {
    return "its progress deadline is exceeded";
  }
  if (has_partition(workload)) {
    return "its partition holds the others back";
  }
  if (waits_for_deletes(workload)) {
    return "its pods are replaced only when somebody deletes them";
  }
  return is_idle(workload, pods, now) ? "no pod was replaced for longer than its deadline" : "";
}

}  // namespace celldrift::audit
