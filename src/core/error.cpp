#include "celldrift/core/error.hpp"

namespace celldrift {

Error::Error(ErrorCode code, std::string message, const Mark& mark)
    : code_(code), message_(std::move(message)), mark_(mark) {
  compose();
}

Error& Error::add_context(std::string doing) {
  context_ = std::move(doing) + (context_.empty() ? "" : ": " + context_);
  compose();
  return *this;
}

Error& Error::at(const Mark& mark) {
  if (!mark_.known()) {
    mark_ = mark;
    compose();
  }
  return *this;
}

void Error::compose() {
  std::string place = describe(mark_);
  if (!place.empty() && mark_.line != 0 && mark_.column != 0) {
    place += ":" + std::to_string(mark_.column);
  }
  std::string text = place;
  for (const std::string& part : {context_, message_}) {
    if (!part.empty()) {
      text += (text.empty() ? "" : ": ") + part;
    }
  }
  text_ = printable(text);
}

std::string_view describe(Stage stage) {
  static constexpr std::string_view names[] = {
      "config", "git", "fleet", "render", "observe", "compare", "audit"};
  return names[std::size_t(stage)];
}

Problem problem_of(const Error& error, Stage stage, std::string cell, std::string application) {
  // The place has a field of its own; the message keeps the context only.
  Error without_place(error.code(), error.message());
  std::string text = error.what();
  std::string source = describe(error.mark());
  if (!source.empty()) {
    const std::size_t end_of_place = text.find(": ", source.size());
    text = end_of_place == std::string::npos ? without_place.what() : text.substr(end_of_place + 2);
  }
  return {.stage = stage,
          .cell = std::move(cell),
          .application = std::move(application),
          .message = std::move(text),
          .source = printable(source)};
}

}  // namespace celldrift
