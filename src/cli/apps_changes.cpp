#include "cli/apps_changes.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "cli/apps_list.hpp"
#include "cli/hidden_in_applications.hpp"

#include <algorithm>

namespace celldrift::cli {
namespace {

using fleet::ApplicationChange;
using Kind = ApplicationChange::Kind;

struct Word {
  Kind kind;
  const char* sign;
  const char* text;
};
constexpr Word words[] = {{Kind::added, "+", "added"},
                          {Kind::removed, "-", "removed"},
                          {Kind::changed, "~", "changed"},
                          {Kind::unknown, "?", "unknown"}};

const Word& word_of(Kind kind) {
  return *std::ranges::find(words, kind, &Word::kind);
}

std::size_t count(const fleet::Changes& changes, Kind kind) {
  return std::size_t(std::ranges::count(changes.list, kind, &ApplicationChange::kind));
}

std::string shown(const std::optional<Value>& value) {
  return value ? printable(yaml::emit_json(with_masks(*value))) : "nothing";
}

// Where the newer value is written, else the older.
std::string place_of(const fleet::FieldChange& field) {
  const std::optional<Value>& value = field.after ? field.after : field.before;
  const std::string place = printable(describe(value->mark()));
  return place.empty() ? "" : "  (" + place + ")";
}

std::string fields_text(const ApplicationChange& change) {
  std::string text;
  if (change.before->cell != change.after->cell) {
    text += "      cell: " + printable(change.before->cell) + " -> " +
            printable(change.after->cell) + "\n";
  }
  for (const fleet::FieldChange& field : change.fields) {
    text += "      " + printable(field.path.text()) + ": " + shown(field.before) + " -> " +
            shown(field.after) + place_of(field) + "\n";
  }
  return text;
}

std::string change_text(const ApplicationChange& change) {
  const fleet::Application& application = change.application();
  std::string text = std::string("  ") + word_of(change.kind).sign + " " +
                     printable(application.name) + "  (" + printable(describe_origin(application)) +
                     ")\n";
  if (change.kind == Kind::changed) {
    return text + fields_text(change);
  }
  if (change.kind == Kind::unknown) {
    text += "      it is only " + std::string(change.after != nullptr ? "after" : "before") +
            " the change, but the other side is not known whole: " + printable(change.reason) +
            "\n";
  }
  return text;
}

Value optional_value(const std::optional<Value>& value) {
  return value ? Value::map({{"value", with_masks(*value)},
                             {"from", Value::string(describe(value->mark()))}})
               : Value::null();
}

Value fields_value(const ApplicationChange& change) {
  Value::List list;
  for (const fleet::FieldChange& field : change.fields) {
    list.push_back(Value::map({{"path", Value::string(field.path.text())},
                               {"before", optional_value(field.before)},
                               {"after", optional_value(field.after)}}));
  }
  return Value::list(std::move(list));
}

Value cell_value(const fleet::Application* application) {
  return application != nullptr ? Value::string(application->cell) : Value::null();
}

Value change_value(const ApplicationChange& change) {
  const fleet::Application& application = change.application();
  return Value::map({{"change", Value::string(word_of(change.kind).text)},
                     {"name", Value::string(application.name)},
                     {"namespace", Value::string(application.ns)},
                     {"project", Value::string(application.project)},
                     {"cellBefore", cell_value(change.before)},
                     {"cellAfter", cell_value(change.after)},
                     {"applicationSet", Value::string(application.origin.application_set)},
                     {"from", Value::string(describe_origin(application))},
                     {"fields", fields_value(change)},
                     {"reason", Value::string(change.reason)}});
}

}  // namespace

std::string changes_text(const fleet::Changes& changes, const ComparedRevisions& revisions) {
  std::string text;
  std::string cell;
  for (const ApplicationChange& change : changes.list) {
    const std::string& own = change.application().cell;
    if (text.empty() || own != cell) {
      cell = own;
      text += (text.empty() ? "" : "\n") + printable(cell) + "\n";
    }
    text += change_text(change);
  }
  text += text.empty() ? "" : "\n";
  for (const Word& word : words) {
    const std::size_t number = count(changes, word.kind);
    if (number > 0 || word.kind != Kind::unknown) {
      text += std::to_string(number) + " " + word.text + ", ";
    }
  }
  return text + std::to_string(changes.unchanged) + " unchanged: " + printable(revisions.after) +
         " against " + printable(revisions.before) + "\n";
}

Value changes_value(const fleet::Changes& changes,
                    const ComparedRevisions& revisions,
                    bool is_complete) {
  Value::Map summary;
  for (const Word& word : words) {
    summary.push_back(
        {word.text, Value::integer(static_cast<std::int64_t>(count(changes, word.kind)))});
  }
  summary.push_back({"unchanged", Value::integer(static_cast<std::int64_t>(changes.unchanged))});
  Value::List list;
  std::ranges::transform(changes.list, std::back_inserter(list), change_value);
  return Value::map({{"schema", Value::string("celldrift.apps-changes/v1")},
                     {"before", Value::string(revisions.before)},
                     {"after", Value::string(revisions.after)},
                     {"complete", Value::boolean(is_complete)},
                     {"summary", Value::map(std::move(summary))},
                     {"changes", Value::list(std::move(list))}});
}

}  // namespace celldrift::cli
