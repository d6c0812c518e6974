#include "celldrift/report/explanation.hpp"
#include "report/json_parts.hpp"

namespace celldrift::report {
namespace {

void write_lines(JsonWriter& json, const std::vector<SourceLine>& lines) {
  json.start_list();
  for (const SourceLine& line : lines) {
    json.start_object();
    json.key("line");
    json.number(line.number);
    json.key("text");
    line.hidden ? json.null() : json.text(line.text);
    json.key("hidden");
    json.boolean(line.hidden);
    json.end_object();
  }
  json.end_list();
}

void write_related(JsonWriter& json, const std::vector<Related>& related) {
  json.start_list();
  for (const Related& each : related) {
    json.start_object();
    json.key("fingerprint");
    json.text(each.fingerprint);
    json.key("cell");
    json.text(each.cell);
    json.key("message");
    json.text(each.message);
    json.end_object();
  }
  json.end_list();
}

}  // namespace

std::string explanation_json(const Explanation& explanation) {
  JsonWriter json;
  json.start_object();
  json.key("schema");
  json.text("celldrift.explanation/v1");
  json.key("finding");
  write_finding(json, explanation.finding);
  json.key("why");
  json.text(why(explanation.finding));
  json.key("lines");
  write_lines(json, explanation.lines);
  json.key("owners");
  json.start_list();
  for (const compare::Owner& owner : explanation.owners) {
    write_owner(json, owner);
  }
  json.end_list();
  json.key("decisions");
  write_decisions(json, explanation.decisions);
  json.key("remedies");
  json.start_list();
  for (const std::string& remedy : remedies(explanation.finding)) {
    json.text(remedy);
  }
  json.end_list();
  json.key("cause");
  json.text_or_null(explanation.cause ? explanation.cause->message : "");
  json.key("related");
  write_related(json, explanation.related);
  json.end_object();
  return json.take();
}

}  // namespace celldrift::report
