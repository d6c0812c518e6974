// Whether a rollout that is not done will go on by itself.
#pragma once

#include "celldrift/core/clock.hpp"
#include "celldrift/core/value.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace celldrift::audit {

// What is known of a workload's pods.
struct Replacing {
  std::optional<Time> newest;  // when the youngest pod was made; nothing when no pod tells
  bool ending = false;         // a pod is being deleted right now
};

// Why a workload of that kind, with pods of several templates, has stopped: it is paused, its
// progress deadline is exceeded, updates wait for somebody, or nothing has happened for as long as
// a Deployment is given (ten minutes, or its own deadline). "" while it may go on.
std::string why_stopped(std::string_view kind,
                        const Value& workload,
                        const Replacing& pods,
                        Time now);

}  // namespace celldrift::audit
