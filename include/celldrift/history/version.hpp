// What a version calls itself.
#pragma once

#include "celldrift/render/render.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::history {

// The tag that the workloads' first containers agree on, else that of the workload called `name` or
// ending in it; else the label app.kubernetes.io/version that all agree on; "" for none.
std::string version_of(const std::vector<std::shared_ptr<const render::Manifests>>& sources,
                       std::string_view name);

}  // namespace celldrift::history
