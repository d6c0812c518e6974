// celldrift gate for programs.
#include "celldrift/report/gate.hpp"
#include "report/json/parts.hpp"

namespace celldrift::report {
namespace {

using audit::GateReport;
using audit::Objection;

void write_objection(JsonWriter& json, const Objection& objection) {
  json.start_object();
  json.key("reason");
  json.text(describe(objection.reason));
  json.key("action");
  json.text(describe(objection.action));
  json.key("cells");
  write_names(json, objection.cells);
  json.key("component");
  json.text_or_null(objection.component);
  json.key("application");
  json.text_or_null(objection.application);
  json.key("object");
  objection.object.kind.empty() ? json.null() : write_object(json, objection.object);
  json.key("pathText");
  json.text_or_null(objection.path_text);
  json.key("message");
  json.text(objection.message);
  json.key("source");
  write_source(json, objection.source);
  json.key("fingerprint");
  json.text_or_null(objection.fingerprint);
  json.end_object();
}

void write_field(JsonWriter& json, const audit::FieldEffect& field) {
  json.start_object();
  json.key("effect");
  json.text(describe(field.kind));
  json.key("path");
  json.text(field.path);
  json.key("pathText");
  json.text(field.path_text);
  json.key("from");
  write_value(json, field.from);
  json.key("to");
  write_value(json, field.to);
  json.key("source");
  write_source(json, field.source);
  json.key("changedBy");
  write_owner(json, field.owner);
  json.end_object();
}

void write_effect(JsonWriter& json, const audit::ObjectEffect& effect) {
  json.start_object();
  json.key("effect");
  json.text(describe(effect.kind));
  json.key("object");
  write_object(json, effect.object);
  json.key("why");
  json.text_or_null(effect.why);
  json.key("fields");
  write_list(json, effect.fields, write_field);
  json.end_object();
}

void write_change(JsonWriter& json, const audit::GateChange& change) {
  json.start_object();
  json.key("cell");
  json.text(change.cell);
  json.key("application");
  json.text(change.application);
  json.key("component");
  json.text(change.component);
  json.key("standing");
  json.text(describe(change.standing));
  json.key("new");
  json.boolean(change.is_new);
  json.key("removed");
  json.boolean(change.is_removed);
  json.key("objects");
  write_list(json, change.objects, write_effect);
  json.end_object();
}

void write_wave_cell(JsonWriter& json, const audit::WaveCell& cell) {
  json.start_object();
  json.key("cell");
  json.text(cell.cell);
  json.key("state");
  json.text(describe(cell.state));
  json.key("since");
  json.text_or_null(cell.since ? format_time(*cell.since) : "");
  json.key("says");
  json.text_or_null(cell.says);
  json.end_object();
}

void write_wave(JsonWriter& json, const audit::WaveState& wave) {
  json.start_object();
  json.key("name");
  json.text(wave.name);
  json.key("soakSeconds");
  json.number(std::uint64_t(wave.soak.count()));
  json.key("cells");
  write_list(json, wave.cells, write_wave_cell);
  json.end_object();
}

}  // namespace

std::string gate_json(const GateReport& report) {
  JsonWriter json;
  json.start_object();
  json.key("schema");
  json.text("celldrift.gate/v1");
  json.key("verdict");
  json.text(describe(report.verdict));
  json.key("complete");
  json.boolean(report.complete);
  json.key("base");
  write_manifests(json, report.base);
  json.key("target");
  write_manifests(json, report.target);
  json.key("wave");
  json.text_or_null(report.wave);
  json.key("cells");
  write_names(json, report.cells);
  json.key("reasons");
  write_list(json, report.objections, write_objection);
  json.key("changes");
  write_list(json, report.changes, write_change);
  json.key("skew");
  write_list(json, report.skew, [](JsonWriter& list, const audit::Finding& finding) {
    write_finding(list, finding);
  });
  json.key("waves");
  write_list(json, report.waves, write_wave);
  json.key("problems");
  write_list(json, report.problems, write_problem);
  json.end_object();
  return json.take();
}

}  // namespace celldrift::report
