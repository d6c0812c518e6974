// `check --explain`: every compared object, and why each of its fields is a finding or none.
#include "celldrift/audit/brief.hpp"
#include "celldrift/report/explanation.hpp"
#include "report/json/parts.hpp"
#include "report/page/page.hpp"
#include "report/wording/words.hpp"

#include <algorithm>

namespace celldrift::report {
namespace {

using compare::Decision;
using compare::ObjectResult;

Style style_of(compare::Status status) {
  static constexpr Style styles[] = {
      Style::green, Style::red, Style::red, Style::yellow, Style::yellow};
  return styles[std::size_t(status)];
}

Style style_of(Decision::Outcome outcome) {
  return outcome == Decision::Outcome::drift ? Style::red : Style::plain;
}

// That a field is the very same needs no reason.
bool is_plain(const Decision& decision) {
  return decision.outcome == Decision::Outcome::equal && decision.want == decision.have;
}

std::string values(const Decision& decision) {
  const auto text = [](const std::optional<Value>& value) {
    return value ? audit::brief(*value) : std::string("nothing");
  };
  return decision.want == decision.have
             ? ""
             : " (want " + text(decision.want) + ", have " + text(decision.have) + ")";
}

void write_decision(Page& page, const Decision& decision) {
  const std::string path = decision.path.empty() ? "the object" : decision.path.text();
  page.line(4,
            {{path},
             {": "},
             {std::string(describe(decision.outcome)), style_of(decision.outcome)},
             {values(decision), Style::dim},
             {decision.why.empty() ? "" : ": " + decision.why}});
}

void write_result(Page& page,
                  const audit::ComparedApplication& application,
                  const ObjectResult& result) {
  page.line(2,
            {{describe(result.key)},
             {" in " + application.cell + ": "},
             {std::string(describe(result.status)), style_of(result.status)},
             {result.reason.empty() ? "" : ": " + result.reason}});
  for (const Decision& decision : result.decisions) {
    if (!is_plain(decision)) {
      write_decision(page, decision);
    }
  }
  const auto plain = std::size_t(std::ranges::count_if(result.decisions, is_plain));
  if (plain > 0) {
    page.line(4, {{count(plain, "field") + " the same", Style::dim}});
  }
}

void write_one(JsonWriter& json, const Decision& decision) {
  json.start_object();
  json.key("pathText");
  json.text(decision.path.text());
  json.key("path");
  json.text(decision.path.pointer());
  json.key("outcome");
  json.text(describe(decision.outcome));
  json.key("why");
  json.text_or_null(decision.why);
  json.key("want");
  write_value(json, decision.want);
  json.key("have");
  write_value(json, decision.have);
  json.key("owners");
  write_owners(json, decision.owners);
  json.end_object();
}

void write_result(JsonWriter& json,
                  const audit::ComparedApplication& application,
                  const ObjectResult& result) {
  json.start_object();
  json.key("cell");
  json.text(application.cell);
  json.key("application");
  json.text(application.application);
  json.key("object");
  write_object(json, audit::ref_of(result));
  json.key("status");
  json.text(describe(result.status));
  json.key("reason");
  json.text_or_null(result.reason);
  json.key("decisions");
  write_decisions(json, result.decisions);
  json.end_object();
}

}  // namespace

void write_decisions(JsonWriter& json, const std::vector<Decision>& decisions) {
  write_list(json, decisions, write_one);
}

std::string decisions_text(std::span<const audit::ComparedApplication> applications,
                           const TextOptions& options) {
  Page page(options.width, options.colour);
  for (const audit::ComparedApplication& application : applications) {
    page.gap();
    page.line(0, {{application.application, Style::cyan}, {" in " + application.cell}});
    for (const ObjectResult& result : application.objects) {
      write_result(page, application, result);
    }
  }
  return page.take();
}

std::string decisions_json(std::span<const audit::ComparedApplication> applications) {
  JsonWriter json;
  json.start_object();
  json.key("schema");
  json.text("celldrift.decisions/v1");
  json.key("objects");
  json.start_list();
  for (const audit::ComparedApplication& application : applications) {
    for (const ObjectResult& result : application.objects) {
      write_result(json, application, result);
    }
  }
  json.end_list();
  json.end_object();
  return json.take();
}

}  // namespace celldrift::report
