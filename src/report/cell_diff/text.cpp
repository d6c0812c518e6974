// celldrift diff for people.
#include "celldrift/core/text.hpp"

#include "celldrift/audit/brief.hpp"
#include "celldrift/core/error.hpp"
#include "celldrift/report/cell_diff.hpp"
#include "report/cell_diff/summary.hpp"
#include "report/page/cutting.hpp"
#include "report/page/page.hpp"
#include "report/wording/words.hpp"

#include <algorithm>

namespace celldrift::report {
namespace {

using audit::CellDiff;
using audit::CellDifference;
using Kind = CellDifference::Kind;
using Nature = CellDifference::Nature;

struct Section {
  Nature nature;
  std::string_view title;
  Style style;
};
constexpr Section sections[] = {
    {Nature::undeclared, "Undeclared: Git does not say that the cells differ", Style::red},
    {Nature::drift, "Drift: a cell is not as Git wants it", Style::yellow},
    {Nature::declared, "Declared: Git wants the cells to differ", Style::plain},
    {Nature::others, "Left to others: autoscalers and operators", Style::plain},
};

std::string value_text(const std::optional<Value>& value, std::size_t room, bool full) {
  if (!value) {
    return "nothing";
  }
  return full ? audit::brief(*value, std::string::npos / 8)
              : cut_middle(audit::brief(*value, 4 * room), room);
}

class Writer {
 public:
  Writer(const CellDiff& diff, const TextOptions& options)
      : diff_(diff), options_(options), page_(options.width, options.colour) {}

  std::string take() {
    page_.line(0, {{cell_diff_summary(diff_)}});
    if (!options_.quiet) {
      for (const Section& section : sections) {
        write(section);
      }
      write_problems();
    }
    return page_.take();
  }

 private:
  void write(const Section& section) {
    const CellDifference* before = nullptr;
    for (const CellDifference& difference : diff_.differences) {
      if (difference.nature != section.nature) {
        continue;
      }
      if (before == nullptr) {
        page_.gap();
        page_.line(0, {{std::string(section.title), Style::bold}});
      }
      if (before == nullptr || before->component != difference.component) {
        page_.line(0, {{difference.component, Style::cyan}});
      }
      if (difference.kind == Kind::field) {
        const bool is_new = before == nullptr || before->kind != Kind::field ||
                            before->component != difference.component ||
                            before->subject != difference.subject;
        write_field(section, difference, is_new);
      } else {
        write_whole(section, difference);
      }
      before = &difference;
    }
  }

  void write_field(const Section& section, const CellDifference& difference, bool is_new) {
    if (is_new) {
      page_.line(2, {{difference.subject, section.style}});
    }
    page_.line(4, {{difference.path_text, Style::bold}, {note_of(difference), Style::dim}});
    write_side(diff_.left.name, difference.left);
    write_side(diff_.right.name, difference.right);
  }

  std::string note_of(const CellDifference& difference) const {
    if (!difference.drifted.empty()) {
      return "  drift in " + join(difference.drifted, " and ");
    }
    const bool is_plain = difference.nature == Nature::declared || difference.reason.empty();
    return is_plain ? "" : "  " + difference.reason;
  }

  void write_side(const std::string& cell, const std::optional<Value>& value) {
    const std::size_t used = cell.size() + 10;
    const std::size_t room = options_.width > used + 20 ? options_.width - used : 20;
    page_.line(6, {{cell + ": "}, {value_text(value, room, options_.full)}});
  }

  void write_whole(const Section& section, const CellDifference& difference) {
    const std::string cell = difference.left ? diff_.left.name : diff_.right.name;
    const std::string what = difference.kind == Kind::application
                                 ? "Application " + difference.object.name
                                 : difference.subject;
    page_.line(2, {{what, section.style}, {": in " + cell + " alone"}});
    page_.line(4, {{difference.reason, Style::dim}});
  }

  void write_problems() {
    if (!diff_.problems.empty()) {
      page_.gap();
      page_.line(0, {{"Could not be looked at", Style::bold}});
    }
    for (const Problem& problem : diff_.problems) {
      const std::string where = join({problem.cell, problem.application}, " ");
      page_.line(2, {{std::string(trim(where)) + ": " + problem.message}});
    }
  }

  const CellDiff& diff_;
  const TextOptions& options_;
  Page page_;
};

std::size_t number_of(const CellDiff& diff, Nature nature) {
  return std::size_t(std::ranges::count(diff.differences, nature, &CellDifference::nature));
}

std::string cell_text(const audit::CellSummary& cell) {
  return cell.name +
         (cell.kubernetes_version.empty() ? "" : " (Kubernetes " + cell.kubernetes_version + ")");
}

}  // namespace

std::string cell_diff_summary(const CellDiff& diff) {
  const std::size_t others = number_of(diff, Nature::others);
  return cell_text(diff.left) + " and " + cell_text(diff.right) + ": " +
         count(number_of(diff, Nature::undeclared), "undeclared difference") + ", " +
         std::to_string(number_of(diff, Nature::drift)) + " of drift, " +
         std::to_string(number_of(diff, Nature::declared)) + " declared" +
         (others == 0 ? "" : ", " + std::to_string(others) + " left to others") + "; " +
         count(diff.objects, "object") + " of " + count(diff.components, "component") +
         " compared" + (diff.complete ? "" : "; INCOMPLETE");
}

std::string cell_diff_text(const CellDiff& diff, const TextOptions& options) {
  return Writer(diff, options).take();
}

}  // namespace celldrift::report
