// Writing results, and what a command ends with.
#pragma once

#include "celldrift/core/error.hpp"
#include "celldrift/core/value.hpp"
#include "cli/options.hpp"

#include <functional>
#include <string>
#include <vector>

namespace celldrift::cli {

// Writes each -o target; `make` turns a format and whether it goes to standard output into bytes.
enum class Destination { standard_output, file };
void write_outputs(const Options& options,
                   const std::function<std::string(const std::string& format, Destination)>& make);

// A value in the format "yaml" or "json".
std::string as_yaml_or_json(const Value& value, const std::string& format);

// Says each problem on standard error; true when one of them leaves something unknown.
bool say_problems(const std::vector<Problem>& problems, const Options& options);

// exit_incomplete, or exit_clean when nothing is unknown or --allow-unknown was given.
int exit_code(bool is_unknown, const Options& options);

}  // namespace celldrift::cli
