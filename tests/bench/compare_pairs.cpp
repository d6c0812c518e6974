// How fast objects are compared, on one core: bench_compare_pairs TESTDATA [PAIRS]. Objects are
// typical ones as a real API server stored them (testdata/defaults), each made another by its name
// and numbers, applied server-side and client-side in turn; once all as Git wants them, once each
// changed by a hand in two places. Live objects are read in pages of one kind, as from an API
// server. Prints microseconds per object, the median of several runs.

#include "celldrift/compare/compare.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <span>
#include <string>
#include <utility>
#include <vector>

using namespace celldrift;

namespace {

// What a namespace of a platform has, by how often.
constexpr const char* typical[] = {"defaults/deployment-rich",
                                   "defaults/configmap-rich",
                                   "defaults/service-rich",
                                   "defaults/deployment-limits",
                                   "defaults/ingress-rich",
                                   "ownership/gadget",
                                   "defaults/service-minimal",
                                   "defaults/configmap-minimal",
                                   "defaults/statefulset-rich",
                                   "defaults/deployment-minimal"};

struct Pair {
  Value desired;
  Value live;
};

std::string replaced(std::string text, std::string_view old, const std::string& other) {
  for (std::size_t at = text.find(old); at != std::string::npos;
       at = text.find(old, at + other.size())) {
    text.replace(at, old.size(), other);
  }
  return text;
}

Value with_metadata(const Value& object, std::string_view key, const Value& value) {
  return object.with("metadata", object.find("metadata")->with(key, value));
}

Value live_of(const Value& recording, bool client_side) {
  const Value& live = *recording.find("live");
  const Value* managed = recording.find({"managedFields", client_side ? "client" : "server"});
  if (managed == nullptr) {
    return live;
  }
  const Value with_fields = with_metadata(live, "managedFields", *managed);
  if (!client_side) {
    return with_fields;
  }
  const Value* annotations = live.find({"metadata", "annotations"});
  return with_metadata(with_fields,
                       "annotations",
                       (annotations == nullptr ? Value() : *annotations)
                           .with("kubectl.kubernetes.io/last-applied-configuration",
                                 Value::string(yaml::emit_json(*recording.find("stated")))));
}

// The same object under another name: all that has its name becomes distinct.
Pair made(const char* recorded, const std::string& testdata, std::size_t number) {
  std::string text = read_file(testdata + "/" + recorded + ".json");
  const Value first = yaml::parse_json(text).value;
  const Value* stated =
      first.find("stated") != nullptr ? first.find("stated") : first.find("desired");
  const std::string name(stated->string_at({"metadata", "name"}));
  const std::string other = name + "-" + std::to_string(number);
  text = replaced(std::move(text), "\"" + name + "\"", "\"" + other + "\"");
  text = replaced(std::move(text), ":1.2\"", ":1." + std::to_string(number) + "\"");
  const Value recording = yaml::parse_json(text).value;
  stated =
      recording.find("stated") != nullptr ? recording.find("stated") : recording.find("desired");
  return {*stated, live_of(recording, number % 2 == 1)};
}

// Has live objects as a LIST of their kind gives them, a page at a time: one parse, which stores
// what repeats within the page once.
void read_as_page(std::vector<Pair>& pairs, std::span<const std::size_t> page) {
  std::string text = "[";
  for (const std::size_t at : page) {
    text += (text.size() == 1 ? "" : ",") + yaml::emit_json(pairs[at].live);
  }
  const Value objects = yaml::parse_json(text + "]").value;
  for (std::size_t i = 0; i < page.size(); ++i) {
    pairs[page[i]].live = objects.items()[i];
  }
}

void read_as_pages(std::vector<Pair>& pairs) {
  constexpr std::size_t page_size = 500;  // kube::ListRequest's
  for (std::size_t kind = 0; kind < std::size(typical); ++kind) {
    std::vector<std::size_t> page;
    for (std::size_t at = kind; at < pairs.size(); at += std::size(typical)) {
      page.push_back(at);
      if (page.size() == page_size) {
        read_as_page(pairs, std::exchange(page, {}));
      }
    }
    read_as_page(pairs, page);
  }
}

Value changed_first(const Value& value) {
  if (value.is_string()) {
    return Value::string(std::string(value.as_string()) + "x");
  }
  if (value.is_int()) {
    return Value::integer(value.as_int() + 1);
  }
  if (value.is_map() && value.size() != 0) {
    const Value::Entry& first = value.entries()[value.size() / 2];
    return value.with(first.key, changed_first(first.value));
  }
  if (value.is_list() && value.size() != 0) {
    Value::List items(value.items().begin(), value.items().end());
    items[0] = changed_first(items[0]);
    return Value::list(std::move(items));
  }
  return Value::string("changed");
}

// Somebody adds a label and changes what is in the middle of the spec.
Value by_hand(const Value& live) {
  const Value claim =
      yaml::parse(
          "{manager: kubectl-edit, operation: Update, time: '2026-03-01T00:00:00Z', fieldsV1: "
          "{'f:metadata': {'f:labels': {'f:team': {}}}}}")
          .value;
  const Value* labels = live.find({"metadata", "labels"});
  const Value* managed = live.find({"metadata", "managedFields"});
  Value::List entries(managed->items().begin(), managed->items().end());
  entries.push_back(claim);
  Value result = with_metadata(
      live, "labels", (labels == nullptr ? Value() : *labels).with("team", Value::string("web")));
  result = with_metadata(result, "managedFields", Value::list(std::move(entries)));
  for (const char* content : {"spec", "data"}) {
    if (const Value* inner = result.find(content)) {
      result = result.with(content, changed_first(*inner));
    }
  }
  return result;
}

// The time of this process alone, however busy the machine is.
double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return double(now.tv_sec) + double(now.tv_nsec) / 1e9;
}

struct Run {
  double microseconds;  // per object
  std::size_t differences;
};

Run run(const std::vector<Pair>& pairs) {
  std::vector<double> times;
  std::size_t count = 0;
  for (int round = 0; round < 5; ++round) {
    count = 0;
    const double start = cpu_seconds();
    for (const Pair& pair : pairs) {
      count += compare::compare(pair.desired, pair.live, "app", {}).differences.size();
    }
    times.push_back((cpu_seconds() - start) * 1e6 / double(pairs.size()));
  }
  std::ranges::nth_element(times, times.begin() + 2);
  return {times[2], count};
}

void report(const char* what, const Run& result, std::size_t pairs) {
  std::printf("%-10s %zu pairs %8.2f us per object, %zu differences\n",
              what,
              pairs,
              result.microseconds,
              result.differences);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: bench_compare_pairs TESTDATA [PAIRS]\n");
    return 2;
  }
  const std::size_t count = argc > 2 ? std::stoul(argv[2]) : 20000;
  std::vector<Pair> equal;
  std::vector<Pair> different;
  for (std::size_t i = 0; i < count; ++i) {
    equal.push_back(made(typical[i % std::size(typical)], argv[1], i));
  }
  read_as_pages(equal);
  for (const Pair& pair : equal) {
    different.push_back({pair.desired, by_hand(pair.live)});
  }
  report("equal", run(equal), count);
  report("different", run(different), count);
  for (std::size_t i = 0; argc > 3 && i < std::size(typical); ++i) {  // each kind by itself
    std::vector<Pair> same;
    for (std::size_t at = i; at < count; at += std::size(typical)) {
      same.push_back(equal[at]);
    }
    report(typical[i] + 9, run(same), same.size());
  }
  return 0;
}
