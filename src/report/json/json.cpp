// The JSON report, schema celldrift.report/v1: docs/report-v1.md says what each key means.
#include "celldrift/report/report.hpp"
#include "report/json/parts.hpp"

namespace celldrift::report {
namespace {

using audit::CellSummary;
using audit::Report;

// Counts under the names of what is counted, each of them there.
template <class Key, std::size_t Size>
void write_counts(JsonWriter& json,
                  const std::map<Key, std::size_t>& counts,
                  const Key (&keys)[Size]) {
  json.start_object();
  for (const Key key : keys) {
    const auto found = counts.find(key);
    json.key(describe(key));
    json.number(found == counts.end() ? 0 : found->second);
  }
  json.end_object();
}

void write_objects(JsonWriter& json, const std::map<compare::Status, std::size_t>& counts) {
  using compare::Status;
  static constexpr Status order[] = {
      Status::equal, Status::drifted, Status::missing, Status::extra, Status::unknown};
  write_counts(json, counts, order);
}

void write_cell(JsonWriter& json, const CellSummary& cell) {
  json.start_object();
  json.key("name");
  json.text(cell.name);
  json.key("server");
  json.text_or_null(cell.server);
  json.key("kubernetesVersion");
  json.text_or_null(cell.kubernetes_version);
  json.key("reachable");
  json.boolean(cell.reachable);
  json.key("coverage");
  json.text(cell.coverage);
  json.key("reason");
  json.text_or_null(cell.reason);
  json.key("snapshotTime");
  json.text_or_null(cell.snapshot_time);
  json.key("unread");
  write_list(json,
             std::vector(cell.unread.begin(), cell.unread.end()),
             [](JsonWriter& list, audit::FactKind fact) { list.text(describe(fact)); });
  json.key("applications");
  json.number(cell.applications);
  json.key("objects");
  write_objects(json, cell.objects);
  json.key("labels");
  json.start_object();
  for (const auto& [label, value] : cell.labels) {
    json.key(label);
    json.text(value);
  }
  json.end_object();
  json.end_object();
}

void write_summary(JsonWriter& json, const audit::Summary& summary) {
  using audit::Severity;
  static constexpr Severity severities[] = {Severity::error, Severity::warning, Severity::note};
  json.start_object();
  json.key("cells");
  json.number(summary.cells);
  json.key("applications");
  json.number(summary.applications);
  json.key("components");
  json.number(summary.components);
  json.key("objects");
  write_objects(json, summary.objects);
  json.key("severities");
  write_counts(json, summary.by_severity, severities);
  json.key("categories");
  write_counts(json, summary.by_category, audit::all_categories);
  json.key("ignored");
  json.number(summary.ignored);
  json.key("byRight");
  json.number(summary.by_right);
  json.key("causes");
  json.number(summary.causes);
  json.key("waived");
  json.number(summary.waived);
  json.end_object();
}

void write_place(JsonWriter& json, const audit::Place& place) {
  json.start_object();
  json.key("object");
  write_object(json, place.object);
  json.key("cells");
  write_names(json, place.cells);
  json.end_object();
}

void write_cause(JsonWriter& json, const audit::Cause& cause) {
  json.start_object();
  json.key("fingerprint");
  json.text(cause.fingerprint);
  json.key("kind");
  json.text(describe(cause.kind));
  json.key("message");
  json.text(cause.message);
  json.key("findings");
  write_names(json, cause.findings);
  json.key("cells");
  write_names(json, cause.cells);
  json.key("objects");
  write_list(json, cause.places, write_place);
  json.key("changedBy");
  write_owner(json, cause.changed_by);
  json.key("since");
  json.text_or_null(cause.since ? format_time(*cause.since) : "");
  json.key("source");
  write_source(json, cause.source);
  json.end_object();
}

void write_note(JsonWriter& json, const audit::AcceptedNote& note) {
  json.start_object();
  json.key("rule");
  json.text(note.rule);
  json.key("by");
  write_names(json, note.by);
  json.key("reason");
  json.text_or_null(note.reason);
  json.key("pathText");
  json.text(note.path_text);
  json.key("source");
  write_source(json, note.source);
  json.key("differences");
  json.number(note.differences);
  json.key("cells");
  write_names(json, note.cells);
  json.key("objects");
  write_list(json, note.places, write_place);
  json.end_object();
}

}  // namespace

void write_manifests(JsonWriter& json, const audit::ManifestsInfo& manifests) {
  json.start_object();
  json.key("repo");
  json.text(manifests.repo);
  json.key("revision");
  json.text_or_null(manifests.revision);
  json.key("commit");
  json.text_or_null(manifests.commit);
  json.key("worktree");
  json.boolean(manifests.worktree);
  json.end_object();
}

void write_problem(JsonWriter& json, const Problem& problem) {
  json.start_object();
  json.key("stage");
  json.text(describe(problem.stage));
  json.key("cell");
  json.text_or_null(problem.cell);
  json.key("application");
  json.text_or_null(problem.application);
  json.key("message");
  json.text(problem.message);
  json.key("source");
  json.text_or_null(problem.source);
  json.key("unknown");
  json.boolean(problem.unknown == LeavesUnknown::yes);
  json.end_object();
}

void start_document(JsonWriter& json, std::string_view schema, const Report& report) {
  json.start_object();
  json.key("schema");
  json.text(schema);
  json.key("complete");
  json.boolean(report.complete);
  json.key("verdict");
  json.text(describe(report.verdict));
  json.key("manifests");
  write_manifests(json, report.manifests);
  json.key("cells");
  write_list(json, report.cells, write_cell);
}

std::string json(const Report& report) {
  JsonWriter json;
  start_document(json, "celldrift.report/v1", report);
  json.key("summary");
  write_summary(json, report.summary);
  json.key("findings");
  write_list(json, report.findings, write_finding);
  json.key("problems");
  write_list(json, report.problems, write_problem);
  json.key("causes");
  write_list(json, report.causes, write_cause);
  json.key("byRight");
  write_list(json, report.by_right, write_note);
  json.key("ignored");
  write_list(json, report.ignored, write_note);
  json.key("waived");
  write_list(json, report.waived, write_finding);
  json.end_object();
  return json.take();
}

}  // namespace celldrift::report
