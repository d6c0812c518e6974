// Explanations: why a field is, or is not, a finding, and all that is known of one finding.
#pragma once

#include "celldrift/audit/audit.hpp"
#include "celldrift/report/report.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace celldrift::report {

// A line of a file in Git.
struct SourceLine {
  std::uint32_t number = 0;
  std::string text;
  bool hidden = false;  // it has something secret in it; `text` is ""
};

// Another finding that has to do with it.
struct Related {
  std::string fingerprint;
  std::string cell;
  std::string message;
};

struct Explanation {
  audit::Finding finding;
  std::vector<SourceLine> lines;       // around the line of Git; empty where they are not known
  std::vector<compare::Owner> owners;  // of the field in the cell, as managedFields has them
  std::vector<compare::Decision> decisions;  // about the object, those about the field first
  std::optional<audit::Cause> cause;         // that it shares with others
  std::vector<Related> related;              // of the same cause, else of the same object or field
};

// What shows that the finding is one, in a sentence.
std::string why(const audit::Finding& finding);
// What can be done, each in a sentence or a command.
std::vector<std::string> remedies(const audit::Finding& finding);

// For people: values in full.
std::string explanation_text(const Explanation& explanation, const TextOptions& options);
// Schema "celldrift.explanation/v1"; see docs/explain.md.
std::string explanation_json(const Explanation& explanation);

// Every compared object, with every field that was decided on and why. Equal fields are told where
// they are equal in meaning only; the rest are counted.
std::string decisions_text(std::span<const audit::ComparedApplication> applications,
                           const TextOptions& options);
// Schema "celldrift.decisions/v1".
std::string decisions_json(std::span<const audit::ComparedApplication> applications);

}  // namespace celldrift::report
