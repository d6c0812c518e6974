// How `celldrift apps` shows Applications.
#pragma once

#include "celldrift/fleet/application.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace celldrift::cli {

using Applications = std::vector<fleet::Application>;

// Where an Application comes from: "applicationsets/backend.yaml:7 (clusters)".
std::string describe_origin(const fleet::Application& application);

// One line per Application, in at most `width` columns.
std::string applications_table(const Applications& applications, std::size_t width);
std::string application_names(const Applications& applications);
Value application_objects(const Applications& applications);

// The parameters that each was made with: for people, and as a list of maps {application, cell,
// applicationSet, generator, parameters: [{name, value, from}]}.
std::string parameters_text(const Applications& applications);
Value parameters_value(const Applications& applications);

}  // namespace celldrift::cli
