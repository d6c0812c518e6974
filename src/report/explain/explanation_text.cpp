// All that is known of one finding, for whoever has to act on it at night: what, where in Git, who,
// why it counts, what to do.
#include "celldrift/audit/brief.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/report/explanation.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "report/page/page.hpp"
#include "report/wording/proved.hpp"
#include "report/wording/words.hpp"

#include <algorithm>
#include <map>

namespace celldrift::report {
namespace {

using audit::Finding;
using compare::Decision;

constexpr std::size_t most_related = 20;

void heading(Page& page, const std::string& text) {
  page.gap();
  page.line(0, {{text, Style::bold}});
}

void write_value(Page& page,
                 const std::string& name,
                 const std::optional<Value>& value,
                 Style style) {
  if (!value) {
    return page.line(2, {{name}, {" nothing", style}});
  }
  if (value->is_string() && audit::is_secret_hash(value->as_string())) {
    return page.line(2, {{name}, {" (secret value)", style}});
  }
  const bool has_lines =
      value->is_string() && value->as_string().find('\n') != std::string_view::npos;
  const std::string text =
      has_lines ? std::string(value->as_string()) : std::string(trim(yaml::emit(*value)));
  const std::vector<std::string_view> lines = split(text, '\n');
  if (lines.size() == 1) {
    return page.line(2, {{name}, {" " + text, style}});
  }
  page.line(2, {{name}});
  for (const std::string_view line : lines) {
    page.line(4, {{std::string(line), style}});
  }
}

std::string name_of(const audit::ObjectRef& object) {
  return object.kind + " " + (object.ns.empty() ? "" : object.ns + "/") + object.name;
}

void write_what(Page& page, const Finding& finding) {
  page.line(0,
            {{std::string(describe(finding.severity)), style_of(finding.severity)},
             {" " + finding.rule + " "},
             {finding.fingerprint, Style::dim}});
  page.line(0, {{finding.message, Style::bold}});
  if (!finding.cells.empty()) {
    page.line(2, {{name_of(finding.object) + " in " + join(finding.cells, ", ")}});
  }
  if (!finding.application.empty()) {
    page.line(2, {{"Application " + finding.application + ", component " + finding.component}});
  }
  if (!finding.path_text.empty()) {
    page.line(2, {{finding.path_text}});
  }
}

// Which rule made of it what it is.
void write_ruling(Page& page, const Finding& finding) {
  if (!finding.ruling) {
    return;
  }
  const audit::Ruling& ruling = *finding.ruling;
  const std::string was =
      ruling.was == finding.severity ? "" : ", was " + std::string(describe(ruling.was));
  heading(page, "Rule");
  page.line(2, {{ruling.rule + " (" + describe(ruling.source) + ")" + was}});
  if (!ruling.says.empty()) {
    page.line(2, {{ruling.says}});
  }
}

void write_values(Page& page, const Finding& finding) {
  if (!finding.values.empty()) {
    heading(page, "Values");
    for (const audit::ValueGroup& group : finding.values) {
      write_value(page, join(group.cells, ", ") + ":", group.value, Style::plain);
    }
    return;
  }
  if (finding.change) {
    heading(page, "Values");
    write_value(page, "want", finding.want, Style::green);
    write_value(page, "have", finding.have, Style::red);
  }
}

void write_git(Page& page, const Explanation& explanation, const TextOptions& options) {
  const Finding& finding = explanation.finding;
  if (!finding.source.known()) {
    return;
  }
  const bool added = finding.change == compare::Change::added;
  heading(page,
          std::string(added                                        ? "In Git, nearest to it: "
                      : finding.category == audit::Category::rules ? "Written at "
                                                                   : "In Git: ") +
              describe(finding.source));
  for (const SourceLine& line : explanation.lines) {
    const bool here = line.number == finding.source.line;
    page.line(2,
              {{(here ? "> " : "  ") + std::to_string(line.number) + " | " +
                    (line.hidden ? "(hidden: it has something secret)" : line.text),
                here ? Style::bold : Style::dim}});
  }
  if (finding.origin) {
    const audit::LineOrigin& origin = *finding.origin;
    page.line(2, {{"last changed by " + origin.author + ", " + when(origin.time, options.now)}});
    page.line(2, {{"in " + origin.commit.substr(0, 12) + " " + origin.subject}});
  } else if (!finding.origin_unknown.empty()) {
    page.line(2, {{"who changed the line is not known: " + finding.origin_unknown}});
  }
}

std::string owner_text(const compare::Owner& owner, const TextOptions& options) {
  std::string text =
      owner.manager + " (" + std::string(describe(owner.kind)) + "), " + owner.operation;
  text += owner.subresource.empty() ? "" : " of " + owner.subresource;
  return text + (owner.time ? ", " + when(*owner.time, options.now) : "");
}

void write_owners(Page& page, const Explanation& explanation, const TextOptions& options) {
  heading(page, "Who owns it in the cell");
  for (const compare::Owner& owner : explanation.owners) {
    page.line(2, {{owner_text(owner, options)}});
  }
  if (explanation.owners.empty()) {
    page.line(2, {{"there is no record of who: managedFields keeps none of what is gone"}});
  }
}

void write_proved(Page& page, const Finding& finding) {
  if (finding.proved.empty()) {
    return;
  }
  heading(page, "The commit that is live");
  for (const audit::Proved& proved : finding.proved) {
    page.line(2, {{proved_text(proved)}});
    for (const std::string& edit : proved.edits) {
      page.line(4, {{edit}});
    }
  }
}

void write_considered(Page& page, const Explanation& explanation) {
  std::map<std::string_view, std::size_t> counts;
  for (const Decision& decision : explanation.decisions) {
    ++counts[describe(decision.outcome)];
  }
  heading(page, "Why it counts");
  page.line(2, {{why(explanation.finding)}});
  if (!explanation.finding.reason.empty()) {
    page.line(2, {{explanation.finding.reason}});
  }
  for (const Decision& decision : explanation.decisions) {
    const bool is_it = decision.path.text() == explanation.finding.path_text;
    if (is_it && !decision.why.empty()) {
      page.line(2, {{std::string(describe(decision.outcome)) + ": " + decision.why}});
    }
  }
  std::string text;
  for (const auto& [outcome, number] : counts) {
    text += (text.empty() ? "" : ", ") + std::to_string(number) + " " + std::string(outcome);
  }
  if (!text.empty()) {
    page.line(2, {{"all fields of the object: " + text, Style::dim}});
  }
}

void write_related(Page& page, const Explanation& explanation) {
  if (explanation.related.empty()) {
    return;
  }
  heading(page, explanation.cause ? "Of the same cause" : "Near it");
  if (explanation.cause) {
    page.line(2, {{explanation.cause->message}});
  }
  for (std::size_t i = 0; i < std::min(explanation.related.size(), most_related); ++i) {
    const Related& related = explanation.related[i];
    page.line(2,
              {{related.fingerprint, Style::dim}, {" " + related.cell + ": " + related.message}});
  }
  if (explanation.related.size() > most_related) {
    page.line(2, {{"and " + std::to_string(explanation.related.size() - most_related) + " more"}});
  }
}

}  // namespace

std::string explanation_text(const Explanation& explanation, const TextOptions& options) {
  Page page(options.width, options.colour);
  write_what(page, explanation.finding);
  write_values(page, explanation.finding);
  write_ruling(page, explanation.finding);
  write_git(page, explanation, options);
  write_owners(page, explanation, options);
  write_proved(page, explanation.finding);
  write_considered(page, explanation);
  heading(page, "What to do");
  for (const std::string& remedy : remedies(explanation.finding)) {
    page.line(2, {{"- " + remedy}});
  }
  write_related(page, explanation);
  return page.take();
}

}  // namespace celldrift::report
