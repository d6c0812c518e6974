// The one exception of celldrift, and Problem: what an Error becomes where work fans out.
#pragma once

#include "celldrift/core/mark.hpp"

#include <exception>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift {

enum class ErrorCode {
  usage,        // a wrong flag or argument
  config,       // celldrift.yaml, kubeconfig or a snapshot is wrong
  repository,   // the manifests repo, a revision or a path in it
  parse,        // a text is not what it should be
  unsupported,  // understood, but celldrift cannot do it (yet)
  limit,        // a budget was exceeded: hostile or oversized input
  io,           // a local file or socket
  network,      // no answer: refused, reset, timed out
  auth,         // the other side does not know us (401, bad credentials)
  forbidden,    // the other side knows us and says no (403)
  not_found,    // the other side says that there is no such thing (404)
  server,       // the other side failed (5xx, 429, nonsense)
  internal,     // a bug in celldrift
};

// Messages are lower case, name the thing and the place, and say what to do. They never hold
// secrets.
class Error : public std::exception {
 public:
  Error(ErrorCode code, std::string message) : Error(code, std::move(message), Mark{}) {}
  Error(ErrorCode code, std::string message, const Mark& mark);

  ErrorCode code() const { return code_; }
  const std::string& message() const { return message_; }  // without context and place
  const Mark& mark() const { return mark_; }

  // Says what the caller was doing: "reading cell-a: listing deployments: <message>".
  Error& add_context(std::string doing);
  // Gives a place to an error that has none.
  Error& at(const Mark& mark);

  // "file:line:column: context: message", printable as it is (control characters escaped).
  const char* what() const noexcept override { return text_.c_str(); }

 private:
  void compose();

  ErrorCode code_;
  std::string message_;
  std::string context_;
  Mark mark_;
  std::string text_;
};

enum class Stage { config, git, fleet, render, observe, compare, audit };
std::string_view describe(Stage stage);

// Something that went wrong with one part of a run. `unknown` says what it means for the verdict:
// yes: that part could not be looked at, so the run is incomplete; no: worth knowing, nothing
// hidden.
enum class LeavesUnknown { yes, no };

struct Problem {
  Stage stage = Stage::config;
  std::string cell;         // empty: not about one cell
  std::string application;  // empty: not about one application
  std::string message;
  std::string source;  // "file:line"; empty when there is none
  LeavesUnknown unknown = LeavesUnknown::yes;

  bool operator==(const Problem&) const = default;
};

// The Problem that an Error is for one part of the run.
Problem problem_of(const Error& error,
                   Stage stage,
                   std::string cell = "",
                   std::string application = "");

// Untrusted text made safe for a terminal and a log: controls (newlines, no tabs), bidi overrides,
// broken UTF-8 and what cannot be seen or told from a blank become \x1b, \u200b forms.
std::string printable(std::string_view text);

}  // namespace celldrift
