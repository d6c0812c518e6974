#include "unit/fleet/oracle_errors.hpp"

#include "celldrift/core/text.hpp"

#include <doctest/doctest.h>

namespace celldrift::fleet::test {
namespace {

// Words of Argo CD's message, and what celldrift's must say where they are there. Argo CD names
// fields in many ways, or only what it was doing.
struct Agreement {
  std::string_view theirs;
  std::string_view ours;
};
constexpr Agreement agreements[] = {
    // where in the set
    {"RenderTemplateParamsError", "rendering spec.template"},
    {"templatePatch", "templatePatch"},
    {"first generator in matrix", "matrix: generators[0]"},
    {"second generator in the matrix", "matrix: generators[1]"},
    {"params from generator 1 of 2", "merge: generators[0]"},
    {"Matrix support only two", "matrix: found"},
    {"combine string maps", "matrix: found duplicate key"},
    {"merge keys", "merge: no merge keys"},
    {"mergeKeys", "merge: the parameters from a generator were not unique"},
    {"Merge requires two", "merge: found less than two"},
    {"error generating params from git", "git: "},
    {"ClusterDecisionResource", "clusterDecisionResource: "},
    {"clusterDecisionResources", "clusterDecisionResource: "},
    // which field
    {"error getting cluster secrets", "clusters.selector: "},
    {"error parsing label selector", "selector: "},
    {"error reading configMapRef", "configMapRef"},
    {"apiVersion, kind or resourceName",
     "clusterDecisionResource: there is a problem with the apiVersion"},
    {"decoded ElementsYaml", "decoded ElementsYaml"},
    {"list element", "list element"},
    {"parsing value as string", "list: error parsing value as string"},
    {"parsing values map", "list element's \"values\""},
    {"Values key \"e\"", "values.e: "},
    {"templated values", "values."},
    {"unrecognized option", "goTemplateOptions"},
    {"error getting project", "error getting project"},
    {"ApplicationSet is empty", "ApplicationSet is empty"},
    {"more than one generator in matrix", "found more than one generator"},
    {"generated no parameters", "generated no parameters"},
    {"field ApplicationSource.spec.source.path", "templatePatch.spec.source.path"},
    {"field SyncPolicy.spec.syncPolicy.syncOptions", "templatePatch.spec.syncPolicy.syncOptions"},
    {"struct RawExtension for the json field", "struct RawExtension for the json field"},
    {"Cannot find end tag", "invalid template"},
    {"error generating params: ", "plugin: "},
    // panics of Go, by what panicked
    {"SetMapIndex: value of type interface {} is not assignable",
     "SetMapIndex: value of type interface {} is not assignable"},
    {"interface {} is string, not map[string]string",
     "interface {} is string, not map[string]string"},
    {"interface {} is string, not map[string]interface {}",
     "clusterDecisionResource: status.decisions"},
    {"interface {} is nil, not []interface {}", "clusterDecisionResource: "},
    {"assignment to entry in nil map", "merge: assignment to entry in nil map"},
};

std::string_view between(std::string_view text, std::string_view begin, std::string_view end) {
  const std::size_t from = text.find(begin);
  if (from == std::string_view::npos) {
    return "";
  }
  text.remove_prefix(from + begin.size());
  const std::size_t to = text.find(end);
  return to == std::string_view::npos ? "" : text.substr(0, to);
}

// Argo CD quotes the text that is no template, or that fails: it must stand where our mark is.
bool stands_at(const Mark& mark, std::string_view quoted, std::string_view set_text) {
  const auto lines = split(set_text, '\n');
  for (std::size_t i = mark.line - 1; i < lines.size() && i < mark.line + 1; ++i) {
    if (lines[i].find(quoted.substr(0, 20)) != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

}  // namespace

std::string disagreement(const Error& ours, std::string_view theirs, std::string_view set_text) {
  const std::string_view text = ours.what();
  std::size_t agreed = 0;
  for (const Agreement& one : agreements) {
    if (theirs.find(one.theirs) == std::string_view::npos) {
      continue;
    }
    ++agreed;
    if (text.find(one.ours) == std::string_view::npos) {
      return "it does not say \"" + std::string(one.ours) + "\"";
    }
  }
  if (agreed == 0) {
    return "nothing is known of Argo CD's message: add it to the table";
  }
  const std::string_view go_error = trim(between(theirs, "template: base:", "\n"));
  const bool is_yaml_detail = go_error.find("converting YAML") != std::string_view::npos;
  if (!is_yaml_detail && text.find(go_error) == std::string_view::npos) {
    return "it does not say \"" + std::string(go_error) + "\"";
  }
  if (ours.mark().line == 0 && theirs.find("unable to process file") == std::string_view::npos) {
    return "it has no line";
  }
  for (const std::string_view what :
       {"failed to parse template ", "failed to execute go template "}) {
    const std::string_view quoted = between(theirs, what, ": template: base:");
    if (!quoted.empty() && !stands_at(ours.mark(), quoted, set_text)) {
      return "its line does not have the template " + std::string(quoted);
    }
  }
  return "";
}

TEST_CASE("errors about other fields, other places or in other words disagree") {
  const std::string theirs =
      "RenderTemplateParamsError: failed to parse template {{ .name: template: base:1: unclosed "
      "action\n";
  const std::string set = "a\nname: '{{ .name'\nb\nc\n";
  const std::string said =
      "rendering spec.template: failed to parse template {{ .name: template: base:1: unclosed "
      "action";
  const SourceId file = intern_source({.path = "set.yaml"});
  const auto error = [&](const std::string& message, std::uint32_t line) {
    return Error(ErrorCode::config, message, {.source = file, .line = line, .column = 1});
  };
  CHECK(disagreement(error(said, 2), theirs, set) == "");
  CHECK(disagreement(error(said, 4), theirs, set) != "");
  CHECK(disagreement(error(said, 0), theirs, set) != "");
  CHECK(disagreement(error("rendering spec.template: no", 2), theirs, set) != "");
  CHECK(disagreement(error("failed: template: base:1: unclosed action", 2), theirs, set) != "");
  CHECK(disagreement(error(said, 2), "something new", set) != "");
}

}  // namespace celldrift::fleet::test
