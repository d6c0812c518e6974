// Unified diffs, one for each object; the same diff in several cells once.
#include "celldrift/audit/names.hpp"
#include "celldrift/audit/versions.hpp"
#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "report/text/sections.hpp"
#include "report/unified/hunks.hpp"
#include "report/wording/wording.hpp"
#include "report/wording/words.hpp"

#include <algorithm>
#include <map>

namespace celldrift::report {
namespace {

using audit::ChangedObject;
using audit::Finding;
using audit::Report;
using Lines = std::vector<std::string>;
using ByFingerprint = std::map<std::string_view, const Finding*>;

// Objects of several cells that differ in the same way.
struct Change {
  const ChangedObject* first = nullptr;
  std::string object;  // "Deployment backend/web"; "*" stands for what differs by cell
  Lines hunks;
  std::vector<std::string> cells;
  std::vector<const Finding*> findings;
};

audit::ObjectRef shared_object_of(const ChangedObject& object) {
  return audit::shared_object(object.object, object.application, object.cell);
}

// Equal for objects of different cells whose diffs are, but for the names of Application and cell.
std::string change_key(const ChangedObject& object, const Lines& hunks) {
  const audit::ObjectRef shared = shared_object_of(object);
  std::string key = object.component + "\n" + shared.api_version + " " + audit::describe(shared);
  for (const std::string& line : hunks) {
    key += "\n" +
           audit::abstracted(audit::abstracted(line, object.application, "*"), object.cell, "*");
  }
  return key;
}

std::vector<Change> changes_of(const Report& report, std::size_t context) {
  ByFingerprint findings;
  for (const Finding& finding : report.findings) {
    findings.emplace(finding.fingerprint, &finding);
  }
  std::map<std::string, std::size_t> places;
  std::vector<Change> changes;
  for (const ChangedObject& object : report.objects) {
    Lines lines = hunks(yaml_lines(object.desired), yaml_lines(object.live), context);
    const auto [place, is_new] = places.emplace(change_key(object, lines), changes.size());
    if (is_new) {
      changes.push_back({.first = &object,
                         .object = audit::describe(object.object),
                         .hunks = std::move(lines),
                         .cells = {},
                         .findings = {}});
    }
    Change& change = changes[place->second];
    if (change.first->object != object.object) {
      change.object = audit::describe(shared_object_of(object));
    }
    change.cells.push_back(object.cell);
    for (const std::string& fingerprint : object.findings) {
      if (const auto found = findings.find(fingerprint); found != findings.end()) {
        change.findings.push_back(found->second);
      }
    }
  }
  return changes;
}

// The findings of one writer, as far as it is to be told who and when.
struct Hand {
  Item item;
  std::vector<std::string> paths;
};

std::vector<Hand> hands_of(const Change& change) {
  std::map<std::string, std::size_t> places;
  std::vector<Hand> hands;
  for (const Finding* finding : change.findings) {
    const std::string nobody =
        "nobody " + std::string(finding->change ? describe(*finding->change) : finding->rule);
    const std::string writer = finding->changed_by ? writer_text(*finding->changed_by) : nobody;
    const auto [place, is_new] = places.emplace(writer, hands.size());
    const auto time = finding->changed_by ? finding->changed_by->time : std::nullopt;
    if (is_new) {
      hands.push_back({.item = {.first = finding, .last = time}, .paths = {}});
    }
    Hand& hand = hands[place->second];
    hand.item.same_time = hand.item.same_time && hand.item.last == time;
    hand.item.last = std::max(hand.item.last, time);
    if (!finding->path_text.empty() &&
        std::ranges::find(hand.paths, finding->path_text) == hand.paths.end()) {
      hand.paths.push_back(finding->path_text);
    }
  }
  return hands;
}

std::string place_text(const Change& change) {
  const Mark& mark = change.first->desired.mark();
  const std::string& path = source_of(mark.source).path;
  return "git: " + (path.empty() ? "" : path + " ") + "(" + change.object + ")";
}

class Writer {
 public:
  Writer(const Report& report, const TextOptions& options) : report_(report), options_(options) {}

  void write_summary() {
    Page page(10'000, Colour::no);
    page.line(0, summary_line(report_));
    write_incomplete(page, report_);
    write_problems(page, report_);
    const std::string text = page.take();
    for (const std::string_view part : split(trim(text), '\n')) {
      put(Style::dim, trim("# " + std::string(part)));
    }
  }

  void write(const Change& change) {
    text_ += '\n';
    const ChangedObject& object = *change.first;
    const std::string cells = cells_text(change.cells, 60, report_, options_);
    write_head(change, cells);
    put(Style::bold, "--- " + (object.desired.is_null() ? "/dev/null" : place_text(change)));
    put(Style::bold, "+++ " + (object.live.is_null() ? "/dev/null" : "live: " + cells));
    for (const std::string& line : change.hunks) {
      put(style_of_line(line), line);
    }
  }

  std::string take() { return std::move(text_); }

 private:
  void write_head(const Change& change, const std::string& cells) {
    const ChangedObject& object = *change.first;
    const std::string what = object.live.is_null()      ? " is missing in "
                             : object.desired.is_null() ? " is not in Git, but in "
                                                        : " differs in ";
    put(Style::dim, "# " + object.component + ": " + change.object + what + cells);
    for (const Hand& hand : hands_of(change)) {
      const std::string paths =
          options_.full ? join(hand.paths, ", ") : list_names(hand.paths, 120, 0, "field");
      put(Style::dim, "# " + who(hand.item, options_) + (paths.empty() ? "" : ": " + paths));
    }
  }

  // Lines are made safe where they are made; names here.
  void put(Style style, std::string_view line) {
    const bool coloured = options_.colour == Colour::yes && style != Style::plain;
    text_ += coloured ? escape_of(style) : "";
    text_ += printable(line);
    text_ += coloured ? "\x1b[0m\n" : "\n";
  }

  const Report& report_;
  const TextOptions& options_;
  std::string text_;
};

}  // namespace

std::string unified(const audit::Report& report, const TextOptions& options) {
  Writer writer(report, options);
  writer.write_summary();
  if (!options.quiet) {
    for (const Change& change : changes_of(report, options.context.value_or(3))) {
      writer.write(change);
    }
  }
  return writer.take();
}

}  // namespace celldrift::report
