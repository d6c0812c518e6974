// The JSON report, schema celldrift.report/v1: docs/report-v1.md says what each key means.
#include "celldrift/report/report.hpp"
#include "report/json_parts.hpp"

namespace celldrift::report {
namespace {

using audit::CellSummary;
using audit::Finding;
using audit::Report;

void write_names(JsonWriter& json, const std::vector<std::string>& names) {
  json.start_list();
  for (const std::string& name : names) {
    json.text(name);
  }
  json.end_list();
}

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
  json.key("applications");
  json.number(cell.applications);
  json.key("objects");
  write_objects(json, cell.objects);
  json.end_object();
}

void write_summary(JsonWriter& json, const audit::Summary& summary) {
  using audit::Category;
  using audit::Severity;
  static constexpr Severity severities[] = {Severity::error, Severity::warning, Severity::note};
  static constexpr Category categories[] = {
      Category::drift, Category::skew, Category::parity, Category::missing, Category::extra};
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
  write_counts(json, summary.by_category, categories);
  json.key("ignored");
  json.number(summary.ignored);
  json.key("byRight");
  json.number(summary.by_right);
  json.key("causes");
  json.number(summary.causes);
  json.end_object();
}

}  // namespace

void write_object(JsonWriter& json, const audit::ObjectRef& object) {
  json.start_object();
  json.key("apiVersion");
  json.text(object.api_version);
  json.key("kind");
  json.text(object.kind);
  json.key("namespace");
  json.text_or_null(object.ns);
  json.key("name");
  json.text(object.name);
  json.end_object();
}

void write_value(JsonWriter& json, const std::optional<Value>& value) {
  value ? json.value(*value) : json.null();
}

namespace {

void write_origin(JsonWriter& json, const Finding& finding) {
  json.key("lastChange");
  if (!finding.origin) {
    json.null();
  } else {
    json.start_object();
    json.key("commit");
    json.text(finding.origin->commit);
    json.key("author");
    json.text(finding.origin->author);
    json.key("time");
    json.text(format_time(finding.origin->time));
    json.key("subject");
    json.text(finding.origin->subject);
    json.end_object();
  }
  json.key("lastChangeUnknown");
  json.text_or_null(finding.origin_unknown);
}

// `finding`: also who last changed the line; null leaves that out.
void write_source(JsonWriter& json, const Mark& mark, const Finding* finding = nullptr) {
  const Source& source = source_of(mark.source);
  if (source.path.empty()) {
    json.null();
    return;
  }
  json.start_object();
  json.key("file");
  json.text(source.path);
  json.key("line");
  mark.line != 0 ? json.number(mark.line) : json.null();
  json.key("commit");
  json.text_or_null(source.commit);
  if (finding != nullptr) {
    write_origin(json, *finding);
  }
  json.end_object();
}

}  // namespace

void write_owner(JsonWriter& json, const std::optional<compare::Owner>& owner) {
  if (!owner) {
    json.null();
    return;
  }
  json.start_object();
  json.key("manager");
  json.text(owner->manager);
  json.key("operation");
  json.text(owner->operation);
  json.key("subresource");
  json.text_or_null(owner->subresource);
  json.key("time");
  json.text_or_null(owner->time ? format_time(*owner->time) : "");
  json.key("kind");
  json.text(describe(owner->kind));
  json.end_object();
}

namespace {

void write_values(JsonWriter& json, const std::vector<audit::ValueGroup>& groups) {
  json.start_list();
  for (const audit::ValueGroup& group : groups) {
    json.start_object();
    json.key("value");
    json.value(group.value);
    json.key("cells");
    write_names(json, group.cells);
    json.end_object();
  }
  json.end_list();
}

void write_what(JsonWriter& json, const Finding& finding) {
  json.key("fingerprint");
  json.text(finding.fingerprint);
  json.key("rule");
  json.text(finding.rule);
  json.key("severity");
  json.text(describe(finding.severity));
  json.key("category");
  json.text(describe(finding.category));
  json.key("cells");
  write_names(json, finding.cells);
  json.key("component");
  json.text(finding.component);
  json.key("application");
  json.text_or_null(finding.application);
  json.key("object");
  write_object(json, finding.object);
}

void write_details(JsonWriter& json, const Finding& finding) {
  json.key("path");
  json.text(finding.path);
  json.key("pathText");
  json.text(finding.path_text);
  json.key("change");
  json.text_or_null(finding.change ? describe(*finding.change) : "");
  json.key("want");
  write_value(json, finding.want);
  json.key("have");
  write_value(json, finding.have);
  json.key("source");
  write_source(json, finding.source, &finding);
  json.key("changedBy");
  write_owner(json, finding.changed_by);
  json.key("values");
  write_values(json, finding.values);
  json.key("evidence");
  json.text_or_null(finding.evidence ? describe(*finding.evidence) : "");
  json.key("message");
  json.text(finding.message);
  json.key("reason");
  json.text_or_null(finding.reason);
  json.key("cause");
  json.text_or_null(finding.cause);
}

}  // namespace

void write_finding(JsonWriter& json, const Finding& finding) {
  json.start_object();
  write_what(json, finding);
  write_details(json, finding);
  json.end_object();
}

namespace {

void write_place(JsonWriter& json, const audit::Place& place) {
  json.start_object();
  json.key("object");
  write_object(json, place.object);
  json.key("cells");
  write_names(json, place.cells);
  json.end_object();
}

template <class Item>
void write_list(JsonWriter& json,
                std::string_view name,
                const std::vector<Item>& items,
                void (*write)(JsonWriter&, const Item&)) {
  json.key(name);
  json.start_list();
  for (const Item& item : items) {
    write(json, item);
  }
  json.end_list();
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
  write_list(json, "objects", cause.places, write_place);
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
  write_list(json, "objects", note.places, write_place);
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

}  // namespace

std::string json(const Report& report) {
  JsonWriter json;
  json.start_object();
  json.key("schema");
  json.text("celldrift.report/v1");
  json.key("complete");
  json.boolean(report.complete);
  json.key("verdict");
  json.text(describe(report.verdict));
  json.key("manifests");
  write_manifests(json, report.manifests);
  write_list(json, "cells", report.cells, write_cell);
  json.key("summary");
  write_summary(json, report.summary);
  write_list(json, "findings", report.findings, write_finding);
  write_list(json, "problems", report.problems, write_problem);
  write_list(json, "causes", report.causes, write_cause);
  write_list(json, "byRight", report.by_right, write_note);
  write_list(json, "ignored", report.ignored, write_note);
  json.end_object();
  return json.take();
}

}  // namespace celldrift::report
