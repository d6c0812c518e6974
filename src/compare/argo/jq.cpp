// libjq runs on threads of its own. It knows no limits but what the hooks of jq_memory.hpp set, and
// frees what is nested by recursion: so its stack must be as deep as its memory allows nesting.
// Once stopped, in the middle of anything, its state is of no more use: thread and memory go with
// it.

#include "compare/argo/jq.hpp"

#include "celldrift/core/error.hpp"
#include "compare/argo/jq_known.hpp"
#include "compare/argo/jq_memory.hpp"
#include "compare/argo/jq_values.hpp"

#include <jq.h>
#include <pthread.h>

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

namespace celldrift::compare {
namespace {

constexpr std::size_t max_expression = 64u << 10;
constexpr std::size_t max_programs = 256;  // kept compiled on one thread
constexpr std::size_t stack_bytes = 512u << 20;
constexpr std::size_t memory_bytes = 96u << 20;
constexpr std::uint64_t max_steps = 20'000'000;  // about half a second

std::string text_of(jv message) {
  std::string text;
  if (jv_get_kind(message) == JV_KIND_STRING) {
    text = jv_string_value(message);
  }
  jv_free(message);
  return text;
}

// "syntax error, unexpected end of file", of what libjq reports over several lines.
std::string first_line(const std::string& report) {
  constexpr std::string_view prefix = "jq: error: ";
  std::string line = report.substr(0, report.find('\n'));
  if (line.starts_with(prefix)) {
    line.erase(0, prefix.size());
  }
  return line.substr(0, line.find(" (Unix shell quoting issues?)"));
}

struct Compiled {
  jq_state* state = nullptr;  // nullptr: refused
  std::string refusal;
};

void keep_first(void* text, jv message) {
  auto& kept = *static_cast<std::string*>(text);
  const std::string said = text_of(message);
  if (kept.empty()) {
    kept = said;
  }
}

Compiled compile(const std::string& expression) {
  std::string report;
  jq_state* state = jq_init();
  jq_set_error_cb(state, keep_first, &report);
  // As Argo CD puts it: an expression may well close the parenthesis and open another.
  const bool ok = jq_compile(state, ("del(" + expression + ")").c_str()) != 0;
  jq_set_error_cb(state, nullptr, nullptr);
  return ok ? Compiled{state, ""} : Compiled{nullptr, first_line(report)};
}

// Argo CD takes exactly one result.
JqAnswer run(jq_state* state, const Value& object) {
  jq_start(state, to_jv(object), 0);
  jv result = jq_next(state);
  if (!jv_is_valid(result)) {
    const std::string why = text_of(jv_invalid_get_msg(result));
    if (why.starts_with("Cannot index string with number")) {  // gojq can
      return {JqAnswer::Kind::stopped, {}, "it takes a character of a text by number"};
    }
    return {JqAnswer::Kind::failed, {}, why.empty() ? "it gives no result" : why};
  }
  jv more = jq_next(state);
  const bool has_more = jv_is_valid(more) || jv_invalid_has_msg(jv_copy(more));
  jv_free(more);
  if (has_more) {
    jv_free(result);
    return {JqAnswer::Kind::failed, {}, "it gives more than one result"};
  }
  return {JqAnswer::Kind::value, from_jv(result, object), ""};
}

struct Question {
  const std::string& expression;
  const Value* object;  // nullptr: only compile
};

// One thread of libjq. One question at a time.
class Engine {
 public:
  Engine() {
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, stack_bytes);
    const int failure = pthread_create(&thread_, &attributes, start, this);
    pthread_attr_destroy(&attributes);
    if (failure != 0) {
      throw Error(ErrorCode::limit, "there is no room for another thread to run jq in");
    }
  }

  ~Engine() {
    {
      const std::lock_guard lock(mutex_);
      ending_ = true;
    }
    changed_.notify_all();
    pthread_join(thread_, nullptr);
  }

  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  JqAnswer ask(const Question& question) {
    std::unique_lock lock(mutex_);
    question_ = &question;
    changed_.notify_all();
    changed_.wait(lock, [&] { return question_ == nullptr; });
    return std::move(answer_);
  }

  bool usable() const { return usable_ && programs_.size() < max_programs; }

 private:
  static void* start(void* engine) {
    static_cast<Engine*>(engine)->loop();
    return nullptr;
  }

  void loop() {
    memory_.use();
    std::unique_lock lock(mutex_);
    for (;;) {
      changed_.wait(lock, [&] { return question_ != nullptr || ending_; });
      if (question_ == nullptr) {
        return;
      }
      answer_ = answer(*question_);
      question_ = nullptr;
      changed_.notify_all();
    }
  }

  JqAnswer answer(const Question& question) {
    try {
      memory_.allow(memory_bytes, max_steps);
      auto program = programs_.find(question.expression);
      if (program == programs_.end()) {
        program = programs_.emplace(question.expression, compile(question.expression)).first;
      }
      if (program->second.state == nullptr) {
        return {JqAnswer::Kind::refused, {}, program->second.refusal};
      }
      return question.object == nullptr ? JqAnswer{} : run(program->second.state, *question.object);
    } catch (const JqStopped& stopped) {
      usable_ = false;
      memory_.allow(memory_bytes, max_steps);  // for what libjq does at the thread's end
      return {JqAnswer::Kind::stopped, {}, stopped.why};
    }
  }

  JqMemory memory_;
  std::map<std::string, Compiled> programs_;
  bool usable_ = true;
  std::mutex mutex_;
  std::condition_variable changed_;
  const Question* question_ = nullptr;
  JqAnswer answer_;
  bool ending_ = false;
  pthread_t thread_{};
};

// As many engines as there were questions at once.
class Engines {
 public:
  JqAnswer ask(const Question& question) {
    std::unique_ptr<Engine> engine = take();
    JqAnswer answer = engine->ask(question);
    if (engine->usable()) {
      const std::lock_guard lock(mutex_);
      idle_.push_back(std::move(engine));
    }
    return answer;
  }

 private:
  std::unique_ptr<Engine> take() {
    {
      const std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        std::unique_ptr<Engine> engine = std::move(idle_.back());
        idle_.pop_back();
        return engine;
      }
    }
    return std::make_unique<Engine>();
  }

  std::mutex mutex_;
  std::vector<std::unique_ptr<Engine>> idle_;
};

JqAnswer ask(const Question& question) {
  if (question.expression.size() > max_expression) {
    return {JqAnswer::Kind::stopped, {}, "it is longer than 64 KiB"};
  }
  // libjq's own: gojq knows no such variable.
  if (question.expression.find("$__loc__") != std::string::npos) {
    return {JqAnswer::Kind::refused, {}, "variable not defined: $__loc__"};
  }
  if (question.expression.find('\0') != std::string::npos) {
    return {JqAnswer::Kind::refused, {}, "it has a NUL in it"};
  }
  static Engines engines;
  return engines.ask(question);
}

}  // namespace

JqAnswer jq_delete(const std::string& expression, const Value& object) {
  const std::optional<std::string> beyond = beyond_agreement(expression);
  if (!beyond) {
    return ask({expression, &object});
  }
  if (auto refusal = jq_refusal(expression)) {
    return {JqAnswer::Kind::refused, {}, std::move(*refusal)};
  }
  return {JqAnswer::Kind::stopped,
          {},
          "\"" + *beyond + "\" in this place may mean something else to Argo CD's jq"};
}

std::optional<std::string> jq_refusal(const std::string& expression) {
  JqAnswer answer = ask({expression, nullptr});
  return answer.kind == JqAnswer::Kind::value ? std::nullopt : std::optional(std::move(answer.why));
}

}  // namespace celldrift::compare
