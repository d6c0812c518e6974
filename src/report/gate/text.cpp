// celldrift gate for people.
#include "celldrift/core/text.hpp"

#include "celldrift/audit/brief.hpp"
#include "celldrift/audit/names.hpp"
#include "celldrift/core/error.hpp"
#include "celldrift/core/short_commit.hpp"
#include "celldrift/report/gate.hpp"
#include "report/gate/effects.hpp"
#include "report/page/cutting.hpp"
#include "report/page/page.hpp"
#include "report/wording/words.hpp"

#include <algorithm>
#include <map>

namespace celldrift::report {
namespace {

using audit::GateAction;
using audit::GateReport;
using audit::GateVerdict;
using audit::Objection;
using audit::WaveCell;

struct Headline {
  GateVerdict verdict;
  std::string_view text;
  Style style;
};
constexpr Headline headlines[] = {{GateVerdict::go, "GO", Style::green},
                                  {GateVerdict::no_go, "NO GO", Style::red},
                                  {GateVerdict::unknown, "UNKNOWN", Style::yellow}};

std::string revision_text(const audit::ManifestsInfo& manifests) {
  return manifests.worktree
             ? "the work tree"
             : printable(manifests.revision) + " (" + short_commit(manifests.commit) + ")";
}

// "2 drift, 1 immutable".
std::string reasons_text(const GateReport& report, GateAction action) {
  std::vector<std::string> parts;
  for (const audit::GateReason reason : audit::all_gate_reasons) {
    const auto number = std::ranges::count_if(report.objections, [&](const Objection& each) {
      return each.reason == reason && each.action == action;
    });
    if (number > 0) {
      parts.push_back(std::to_string(number) + " " + std::string(describe(reason)));
    }
  }
  return join(parts, ", ");
}

class Writer {
 public:
  Writer(const GateReport& report, const TextOptions& options)
      : report_(report), options_(options), page_(options.width, options.colour) {}

  std::string take() {
    write_verdict();
    if (!options_.quiet) {
      write_subject();
      write_objections(GateAction::block, "Speaks against it");
      write_objections(GateAction::warn, "To be known");
      write_changes();
      write_skew();
      write_waves();
      write_problems();
    }
    return page_.take();
  }

 private:
  void write_verdict() {
    const auto* headline = std::ranges::find(headlines, report_.verdict, &Headline::verdict);
    const std::string against = reasons_text(report_, GateAction::block);
    const std::string known = reasons_text(report_, GateAction::warn);
    Line line{{std::string(headline->text), headline->style}};
    if (!against.empty()) {
      line.push_back({": " + against});
    }
    if (!known.empty()) {
      line.push_back({(against.empty() ? ": " : "; ") + std::string("to be known: ") + known});
    }
    page_.line(0, line);
  }

  void write_subject() {
    const std::string wave = report_.wave.empty() ? "" : ", wave " + printable(report_.wave);
    page_.line(0,
               {{revision_text(report_.target) + " over " + revision_text(report_.base) + " in " +
                     cells_text(report_.cells) + wave,
                 Style::dim}});
    if (report_.changes.empty()) {
      page_.line(0, {{"It changes nothing there."}});
    }
  }

  std::string cells_text(const std::vector<std::string>& cells) const {
    return options_.full ? all_names(cells)
                         : list_names(cells, page_.room(0) / 2, report_.cells.size());
  }

  void heading(std::string_view title) {
    page_.gap();
    page_.line(0, {{std::string(title), Style::bold}});
  }

  void write_objections(GateAction action, std::string_view title) {
    bool has_title = false;
    for (const Objection& each : report_.objections) {
      if (each.action != action) {
        continue;
      }
      if (!has_title) {
        heading(title);
        has_title = true;
      }
      write_objection(each);
    }
  }

  void write_objection(const Objection& each) {
    const Style style = each.action == GateAction::block ? Style::red : Style::yellow;
    const std::string where = each.cells.empty() ? "" : cells_text(each.cells) + ": ";
    const std::string source = printable(celldrift::describe(each.source));
    Line line{{std::string(describe(each.reason)), style},
              {"  " + where + printable(each.message)}};
    if (!source.empty()) {
      line.push_back({" (" + source + ")", Style::dim});
    }
    page_.line(2, line);
  }

  // Cells in which it does the same stand together.
  void write_changes() {
    if (report_.changes.empty()) {
      return;
    }
    heading("What it does");
    for (const SameChange& same : same_changes(report_.changes)) {
      write_same(same);
    }
  }

  void write_same(const SameChange& same) {
    const audit::GateChange& change = *same.first;
    const std::string what = change.is_new       ? "new"
                             : change.is_removed ? "removed"
                                                 : std::string(describe(change.standing));
    page_.line(0,
               {{printable(change.component), Style::cyan},
                {" in " + cells_text(same.cells) + "  "},
                {what, Style::dim}});
    if (change.objects.empty()) {
      page_.line(2, {{"nothing"}});
    }
    std::size_t shown = 0;
    for (const audit::ObjectEffect& effect : change.objects) {
      if (shown == most_objects && !options_.full) {
        page_.line(2, {{"… and " + count(change.objects.size() - shown, "more object")}});
        break;
      }
      ++shown;
      write_effect(effect);
    }
  }

  void write_effect(const audit::ObjectEffect& effect) {
    const EffectWords words = words_of(effect.kind);
    Line line{{std::string(words.sign) + " ", words.style},
              {printable(audit::describe(effect.object))}};
    const std::string why = effect.why.empty() ? "" : ": " + printable(effect.why);
    if (!words.text.empty() || !why.empty()) {
      line.push_back({"  " + std::string(words.text) + why, Style::dim});
    }
    page_.line(2, line);
    std::size_t shown = 0;
    for (const audit::FieldEffect& field : effect.fields) {
      if (shown == most_fields && !options_.full) {
        page_.line(6, {{"… and " + count(effect.fields.size() - shown, "more field")}});
        break;
      }
      ++shown;
      write_field(field);
    }
  }

  std::string value_text(const std::optional<Value>& value) const {
    const std::size_t room = page_.room(6) / 2;
    if (!value) {
      return "nothing";
    }
    return options_.full ? audit::brief(*value, std::string::npos / 8)
                         : cut_middle(audit::brief(*value, 4 * room), room);
  }

  void write_field(const audit::FieldEffect& field) {
    Line line{{printable(field.path_text) + "  "}};
    if (field.kind == audit::FieldEffect::Kind::survives) {
      line.push_back({value_text(field.from)});
    } else {
      line.push_back({value_text(field.from) + " -> " + value_text(field.to)});
    }
    if (field.kind != audit::FieldEffect::Kind::changes) {
      const std::string who = field.owner ? " (" + printable(field.owner->manager) + ")" : "";
      line.push_back({"  " + std::string(describe(field.kind)) + who, Style::yellow});
    }
    page_.line(6, line);
  }

  void write_skew() {
    if (report_.skew.empty()) {
      return;
    }
    heading("Versions after it");
    for (const audit::Finding& finding : report_.skew) {
      page_.line(2,
                 {{std::string(describe(finding.severity)), style_of(finding.severity)},
                  {"  " + printable(finding.message)}});
    }
  }

  void write_waves() {
    if (report_.waves.empty()) {
      return;
    }
    heading("Earlier waves");
    for (const audit::WaveState& wave : report_.waves) {
      const std::string soak =
          wave.soak.count() == 0 ? "" : " (to be healthy for " + describe_age(wave.soak) + ")";
      page_.line(2, {{printable(wave.name), Style::cyan}, {soak}});
      for (const WaveCell& cell : wave.cells) {
        write_wave_cell(cell);
      }
    }
  }

  void write_wave_cell(const WaveCell& cell) {
    const bool is_fine =
        cell.state == WaveCell::State::ready || cell.state == WaveCell::State::untouched;
    const std::string since = cell.since ? " since " + when(*cell.since, options_.now) : "";
    const std::string says = cell.says.empty() ? "" : ": " + printable(cell.says);
    page_.line(4,
               {{printable(cell.cell) + "  "},
                {std::string(describe(cell.state)), is_fine ? Style::green : Style::red},
                {since + says}});
  }

  void write_problems() {
    bool has_title = false;
    for (const Problem& problem : report_.problems) {
      if (problem.unknown == LeavesUnknown::yes) {
        continue;  // a reason
      }
      if (!has_title) {
        heading("Worth knowing");
        has_title = true;
      }
      const std::string where = problem.application.empty() ? problem.cell : problem.application;
      page_.line(2,
                 {{(where.empty() ? "" : printable(where) + ": ") + printable(problem.message)}});
    }
  }

  static constexpr std::size_t most_objects = 20;
  static constexpr std::size_t most_fields = 8;
  const GateReport& report_;
  const TextOptions& options_;
  Page page_;
};

}  // namespace

std::string gate_text(const GateReport& report, const TextOptions& options) {
  return Writer(report, options).take();
}

}  // namespace celldrift::report
