// celldrift diff for programs.
#include "celldrift/report/cell_diff.hpp"
#include "report/json/parts.hpp"

namespace celldrift::report {
namespace {

using audit::CellDifference;

std::string_view describe(CellDifference::Kind kind) {
  static constexpr std::string_view names[] = {"field", "object", "application"};
  return names[std::size_t(kind)];
}

void write_side(JsonWriter& json, const audit::CellSummary& cell) {
  json.start_object();
  json.key("name");
  json.text(cell.name);
  json.key("server");
  json.text_or_null(cell.server);
  json.key("kubernetesVersion");
  json.text_or_null(cell.kubernetes_version);
  json.key("coverage");
  json.text(cell.coverage);
  json.end_object();
}

void write_difference(JsonWriter& json, const CellDifference& difference) {
  json.start_object();
  json.key("nature");
  json.text(audit::describe(difference.nature));
  json.key("kind");
  json.text(describe(difference.kind));
  json.key("component");
  json.text(difference.component);
  json.key("object");
  write_object(json, difference.object);
  json.key("subject");
  json.text_or_null(difference.subject);
  json.key("pathText");
  json.text_or_null(difference.path_text);
  json.key("left");
  write_value(json, difference.left);
  json.key("right");
  write_value(json, difference.right);
  json.key("drifted");
  write_names(json, difference.drifted);
  json.key("reason");
  json.text_or_null(difference.reason);
  json.end_object();
}

}  // namespace

std::string cell_diff_json(const audit::CellDiff& diff) {
  JsonWriter json;
  json.start_object();
  json.key("schema");
  json.text("celldrift.cell-diff/v1");
  json.key("complete");
  json.boolean(diff.complete);
  json.key("left");
  write_side(json, diff.left);
  json.key("right");
  write_side(json, diff.right);
  json.key("components");
  json.number(diff.components);
  json.key("objects");
  json.number(diff.objects);
  json.key("differences");
  write_list(json, diff.differences, write_difference);
  json.key("problems");
  write_list(json, diff.problems, [](JsonWriter& list, const Problem& problem) {
    list.start_object();
    list.key("cell");
    list.text_or_null(problem.cell);
    list.key("application");
    list.text_or_null(problem.application);
    list.key("message");
    list.text(problem.message);
    list.end_object();
  });
  json.end_object();
  return json.take();
}

}  // namespace celldrift::report
