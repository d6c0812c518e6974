#include "gotemplate/run.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/gotemplate/format.hpp"
#include "gotemplate/message.hpp"

namespace celldrift::gotemplate {

Run::Run(const TemplateSet::Body& set, Heap& heap, const RunOptions& options)
    : set_(&set), heap_(heap), options_(options), random_state_(options.environment.seed) {}

void Run::fail(const std::string& format, std::initializer_list<std::string_view> texts) const {
  const std::string where = "template: " + place_of(*node_) + ": executing " +
                            quote(escape_percent(frame_.template_name)) + " at <" +
                            escape_percent(describe(*node_)) + ">: ";
  throw Error(ErrorCode::config, message(where + format, texts));
}

void Run::step() {
  stack_.check();
  if (++steps_ > options_.limits.steps) {
    throw Error(ErrorCode::limit,
                "a template takes more than " + std::to_string(options_.limits.steps) + " steps");
  }
}

namespace {

const Definition& definition_of(const TemplateSet::Body& set, std::string_view name) {
  const Definition* definition = set.find(name);
  if (definition == nullptr) {
    throw Error(ErrorCode::config,
                "template: no template " + quote(name) + " associated with template \"\"");
  }
  return *definition;
}

}  // namespace

Output Run::execute(std::string_view name, const Any& dot) {
  const Definition& definition = definition_of(*set_, name);
  Writer writer(options_.trace_lines ? Trace::lines : Trace::no);
  writer_ = &writer;
  saw_volatile_ = dot.is_volatile();
  run_definition(name, definition, Operand::concrete(dot));
  Output output;
  output.text = writer.take_text();
  if (options_.trace_lines) {
    output.lines = writer.take_lines();
    output.templates.push_back(definition.source->name);
  }
  return output;
}

class Run::Saved {
 public:
  explicit Saved(Run& run)
      : run_(run),
        set_(run.set_),
        writer_(run.writer_),
        node_(run.node_),
        frame_(run.frame_),
        variables_(run.variables_.size()),
        depth_(run.depth_),
        printing_line_(run.printing_line_),
        in_volatile_(run.in_volatile_) {}
  ~Saved() {
    run_.set_ = set_;
    run_.writer_ = writer_;
    run_.node_ = node_;
    run_.frame_ = frame_;
    run_.variables_.resize(variables_, {0, {}});
    run_.depth_ = depth_;
    run_.printing_line_ = printing_line_;
    run_.in_volatile_ = in_volatile_;
  }
  Saved(const Saved&) = delete;
  Saved& operator=(const Saved&) = delete;

 private:
  Run& run_;
  const TemplateSet::Body* set_;
  Writer* writer_;
  const Node* node_;
  Frame frame_;
  std::size_t variables_;
  std::size_t depth_;
  std::uint32_t printing_line_;
  bool in_volatile_;
};

void Run::run_definition(std::string_view name, const Definition& definition, const Operand& dot) {
  if (depth_ >= options_.limits.template_depth) {
    throw Error(ErrorCode::limit,
                "templates call each other more than " + std::to_string(depth_) + " levels deep");
  }
  const Saved saved(*this);
  frame_ = {name, variables_.size()};
  variables_.push_back({0, dot});
  ++depth_;
  walk(dot, *definition.root);
}

std::string Run::capture(std::string_view name, const Any& dot) {
  const Definition& definition = definition_of(*set_, name);
  const Saved saved(*this);
  Writer writer(Trace::no);
  writer_ = &writer;
  run_definition(name, definition, Operand::concrete(dot));
  captured_bytes_ += writer.size();
  captured_volatile_ = captured_volatile_ || writer.is_volatile();
  return writer.take_text();
}

std::string Run::include(std::string_view name, Any dot) {
  return capture(name, dot);
}

std::string Run::run_text(std::string_view name, std::string_view text, Any dot) {
  TemplateSet::Body body = *set_;
  body.parse(name, text);
  const Saved saved(*this);
  // Constants of the text may live on in values, so it must as long as they do.
  set_ = heap_.make<TemplateSet::Body>(std::move(body));
  return capture(name, dot);
}

}  // namespace celldrift::gotemplate
