#include "cli/rules_in_force.hpp"

#include "celldrift/core/text.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <algorithm>
#include <filesystem>

namespace celldrift::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_bytes = 4u << 20;

Value document_at(const std::string& path) {
  const std::string text = yaml::to_utf8(read_file(path, max_bytes));
  const SourceId source = intern_source({.path = path, .blob = "", .commit = ""});
  const yaml::Document document = yaml::parse(text, {.source = source, .budget = {}});
  if (!document.warnings.empty()) {
    const yaml::Warning& warning = document.warnings.front();
    throw Error(ErrorCode::config, warning.message, warning.mark);
  }
  return document.value;
}

Value read_document(const std::string& path) {
  try {
    return document_at(path);
  } catch (const Error& error) {
    throw Error(ErrorCode::config, error.message(), error.mark());
  }
}

// Whoever writes celldrift.yaml may be a stranger: what an error quotes of a file must be a file
// beside it, links followed.
std::string path_beside(const std::string& directory, std::string_view name, const Mark& at) {
  std::error_code failed;
  const fs::path folder = fs::canonical(directory.empty() ? "." : directory, failed);
  const fs::path file = failed ? fs::path() : fs::weakly_canonical(folder / name, failed);
  const auto [end, rest] = std::mismatch(folder.begin(), folder.end(), file.begin(), file.end());
  if (failed || fs::path(name).is_absolute() || end != folder.end()) {
    throw Error(ErrorCode::config,
                "rules: " + std::string(name) +
                    " is not below the folder of celldrift.yaml; use "
                    "--rules for files elsewhere",
                at);
  }
  return (fs::path(directory) / name).lexically_normal().string();
}

audit::Rules rules_of_config(const fleet::Config& config) {
  return audit::read_rules(config.rules.without("packs"),
                           [&](std::string_view name, const Mark& at) {
                             return read_document(path_beside(config.directory, name, at));
                           });
}

Value switches_of(const fleet::Config& config) {
  const Value* packs = config.rules.find("packs");
  return packs == nullptr ? Value() : *packs;
}

}  // namespace

audit::Rules rules_in_force(const Setup& setup) {
  audit::Rules rules = audit::pack_rules(switches_of(setup.config));
  audit::append(rules, rules_of_config(setup.config));
  for (const std::string& path : setup.options.rules) {
    audit::append(rules, audit::read_rules(read_document(path)));
  }
  return rules;
}

audit::Rules read_rules_file(const std::string& path) {
  if (fs::path(path).filename() != "celldrift.yaml") {
    return audit::read_rules(read_document(path));
  }
  const fleet::Config config = fleet::read_config(path);
  audit::pack_rules(switches_of(config));
  return rules_of_config(config);
}

}  // namespace celldrift::cli
