#include "audit/health/pods.hpp"

#include <algorithm>

namespace celldrift::audit::health {
namespace {

bool is_failing(std::string_view reason) {
  return reason.starts_with("Err") || reason.ends_with("Error") || reason.ends_with("BackOff");
}

Health running(const Value& object, std::string_view restarts) {
  if (restarts != "Always") {
    return restarts.empty() ? unknown("it does not say how it is restarted")
                            : progressing("it runs to an end");
  }
  if (has_condition(object, "Ready", "True")) {
    return {};
  }
  const bool has_ended = std::ranges::any_of(
      list_at(object, {"status", "containerStatuses"}),
      [](const Value& each) { return each.find({"lastState", "terminated"}) != nullptr; });
  return has_ended ? degraded("it is not ready, and containers have ended")
                   : progressing("it is not ready");
}

}  // namespace

Health pod_health(const Value& object) {
  const std::string_view restarts = object.string_at({"spec", "restartPolicy"});
  for (const Value& each : list_at(object, {"status", "containerStatuses"})) {
    const std::string_view reason = each.string_at({"state", "waiting", "reason"});
    if (restarts == "Always" && is_failing(reason)) {
      return degraded(printable(reason));
    }
  }
  const std::string_view phase = object.string_at({"status", "phase"});
  return phase == "Running"     ? running(object, restarts)
         : phase == "Succeeded" ? Health()
         : phase == "Failed"    ? degraded("it failed")
         : phase == "Pending"   ? progressing("it is Pending")
                                : unknown(phase.empty() ? "it does not say in what phase it is"
                                                      : "it is " + printable(phase));
}

// That a Job has failed or completed is told by the condition's being there.
Health job_health(const Value& object) {
  if (const Value* failed = condition(object, "Failed")) {
    return degraded(words_of(*failed));
  }
  if (has_condition(object, "Suspended", "True")) {
    return suspended("it is suspended");
  }
  const bool has_ended =
      condition(object, "Complete") != nullptr || condition(object, "Suspended") != nullptr;
  return has_ended ? Health() : progressing("it has not completed");
}

// A suspended one is as it should be; one that has never come to an end may yet.
Health cron_job_health(const Value& object) {
  if (flag_at(object, {"spec", "suspend"})) {
    return {};
  }
  if (object.find("status") == nullptr) {
    return progressing("its controller has not seen it");
  }
  const std::string_view scheduled = object.string_at({"status", "lastScheduleTime"});
  const std::string_view succeeded = object.string_at({"status", "lastSuccessfulTime"});
  const bool failed = !scheduled.empty() && !succeeded.empty() && succeeded < scheduled &&
                      list_at(object, {"status", "active"}).empty();
  return failed ? degraded("its last run did not succeed") : Health();
}

Health claim_health(const Value& object) {
  const std::string_view phase = object.string_at({"status", "phase"});
  return phase == "Bound"     ? Health()
         : phase == "Lost"    ? degraded("its volume is lost")
         : phase == "Pending" ? progressing("it is not bound")
                              : unknown("it does not say whether it is bound");
}

}  // namespace celldrift::audit::health
