#include "celldrift/report/explanation.hpp"
#include "report/json/parts.hpp"

namespace celldrift::report {
namespace {

void write_line(JsonWriter& json, const SourceLine& line) {
  json.start_object();
  json.key("line");
  json.number(line.number);
  json.key("text");
  line.hidden ? json.null() : json.text(line.text);
  json.key("hidden");
  json.boolean(line.hidden);
  json.end_object();
}

void write_related(JsonWriter& json, const Related& related) {
  json.start_object();
  json.key("fingerprint");
  json.text(related.fingerprint);
  json.key("cell");
  json.text(related.cell);
  json.key("message");
  json.text(related.message);
  json.end_object();
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
  write_list(json, explanation.lines, write_line);
  json.key("owners");
  write_owners(json, explanation.owners);
  json.key("decisions");
  write_decisions(json, explanation.decisions);
  json.key("remedies");
  write_names(json, remedies(explanation.finding));
  json.key("cause");
  json.text_or_null(explanation.cause ? explanation.cause->message : "");
  json.key("related");
  write_list(json, explanation.related, write_related);
  json.end_object();
  return json.take();
}

}  // namespace celldrift::report
