// A finding, and what it has in common with other parts of the JSON report.
#include "report/json/parts.hpp"

namespace celldrift::report {

using audit::Finding;

void write_names(JsonWriter& json, const std::vector<std::string>& names) {
  write_list(json, names, [](JsonWriter& list, const std::string& name) { list.text(name); });
}

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

}  // namespace

void write_source(JsonWriter& json, const Mark& mark, const Finding* finding) {
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

void write_owners(JsonWriter& json, const std::vector<compare::Owner>& owners) {
  write_list(json, owners, write_owner);
}

void write_group(JsonWriter& json, const audit::ValueGroup& group) {
  json.start_object();
  json.key("value");
  json.value(group.value);
  json.key("cells");
  write_names(json, group.cells);
  json.end_object();
}

namespace {

void write_steps(JsonWriter& json, const std::optional<audit::VersionSteps>& steps) {
  if (!steps) {
    json.null();
    return;
  }
  json.start_object();
  json.key("major");
  json.number(steps->major);
  json.key("minor");
  json.number(steps->minor);
  json.key("patch");
  json.number(steps->patch);
  json.key("days");
  steps->days ? json.number(std::uint64_t(*steps->days)) : json.null();
  json.end_object();
}

void write_lag(JsonWriter& json, const audit::Lag& lag) {
  json.start_object();
  json.key("cells");
  write_names(json, lag.cells);
  json.key("value");
  json.value(lag.value);
  json.key("order");
  json.text_or_null(lag.order < 0 ? "behind" : lag.order > 0 ? "ahead" : "");
  json.key("by");
  write_steps(json, lag.by);
  json.key("why");
  json.text(describe(lag.why));
  json.key("changedBy");
  json.text_or_null(lag.changed_by);
  json.key("commits");
  lag.commits ? json.number(*lag.commits) : json.null();
  json.key("ageSeconds");
  lag.age ? json.number(std::uint64_t(lag.age->count())) : json.null();
  json.end_object();
}

void write_proved(JsonWriter& json, const audit::Proved& proved) {
  json.start_object();
  json.key("cell");
  json.text(proved.cell);
  json.key("application");
  json.text(proved.application);
  json.key("match");
  json.text(describe(proved.match));
  json.key("commit");
  json.text_or_null(proved.commit);
  json.key("version");
  json.text_or_null(proved.version);
  json.key("behind");
  proved.behind ? json.number(*proved.behind) : json.null();
  json.key("ageSeconds");
  proved.age ? json.number(std::uint64_t(proved.age->count())) : json.null();
  json.key("edits");
  write_names(json, proved.edits);
  json.key("reason");
  json.text_or_null(proved.reason);
  json.end_object();
}

void write_ruling(JsonWriter& json, const std::optional<audit::Ruling>& ruling) {
  if (!ruling) {
    json.null();
    return;
  }
  json.start_object();
  json.key("rule");
  json.text(ruling->rule);
  json.key("was");
  json.text(describe(ruling->was));
  json.key("says");
  json.text_or_null(ruling->says);
  json.key("source");
  write_source(json, ruling->source);
  json.end_object();
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
  write_list(json, finding.values, write_group);
  json.key("lag");
  write_list(json, finding.lag, write_lag);
  json.key("proved");
  write_list(json, finding.proved, write_proved);
  json.key("evidence");
  json.text_or_null(finding.evidence ? describe(*finding.evidence) : "");
  json.key("message");
  json.text(finding.message);
  json.key("reason");
  json.text_or_null(finding.reason);
  json.key("cause");
  json.text_or_null(finding.cause);
  json.key("labels");
  json.value(finding.labels.is_null() ? Value::map({}) : finding.labels);
  json.key("ruling");
  write_ruling(json, finding.ruling);
}

}  // namespace

void write_finding(JsonWriter& json, const Finding& finding) {
  json.start_object();
  write_what(json, finding);
  write_details(json, finding);
  json.end_object();
}

}  // namespace celldrift::report
