#include "audit/gate/effects.hpp"

#include "audit/gate/fields.hpp"
#include "audit/gate/immutable.hpp"
#include "audit/gate/objections.hpp"
#include "audit/gate/pod_update.hpp"
#include "audit/gate/sync_options.hpp"
#include "celldrift/audit/brief.hpp"
#include "celldrift/audit/names.hpp"

#include <algorithm>

namespace celldrift::audit {
namespace {

using compare::ObjectResult;
using compare::Status;
using Kind = ObjectEffect::Kind;

std::string value_text(const std::optional<Value>& value) {
  return value ? brief(*value) : "nothing";
}

std::string counted(std::size_t number, const std::string& thing) {
  return std::to_string(number) + " " + thing + (number == 1 ? "" : "s");
}

bool is_written(const FieldEffect& effect) {
  return effect.kind != FieldEffect::Kind::survives;
}

class Foretelling {
 public:
  Foretelling(const GateApplication& application, const GateSurroundings& cell)
      : application_(application), cell_(cell) {
    for (const ObjectResult& result : application.now) {
      now_.emplace(result.key, &result);
    }
  }

  Effects take() {
    for (const ObjectResult& next : application_.next) {
      foretell(next);
    }
    tell_of_all();
    return std::move(effects_);
  }

 private:
  void foretell(const ObjectResult& next) {
    switch (next.status) {
      case Status::missing:
        foretell_new(next);
        break;
      case Status::extra:
        foretell_unwanted(next);
        break;
      case Status::drifted:
        foretell_changed(next);
        break;
      case Status::equal:
      case Status::unknown:
        break;
    }
    tell_of_refusal(next);
  }

  void foretell_new(const ObjectResult& next) {
    ObjectEffect effect{.kind = Kind::added, .object = ref_of(next)};
    check_api(next);
    check_namespace(next);
    effects_.objects.push_back(std::move(effect));
  }

  void foretell_unwanted(const ObjectResult& next) {
    if (next.orphan) {
      return;  // no Application has ever had it
    }
    const std::string why = application_.after ? why_left(application_.object, next.live)
                                               : why_left_behind(application_.object, next.live);
    const auto now = now_.find(next.key);
    if (!why.empty() && now != now_.end() && now->second->status == Status::extra) {
      return;  // as it is now
    }
    effects_.objects.push_back(
        {.kind = why.empty() ? Kind::pruned : Kind::left, .object = ref_of(next), .why = why});
  }

  void foretell_changed(const ObjectResult& next) {
    const auto now = now_.find(next.key);
    ObjectEffect effect{.object = ref_of(next),
                        .fields = field_effects(next, now == now_.end() ? nullptr : now->second)};
    if (SyncOptions(application_.object, next.desired).has("Replace", "true")) {
      overwrite(effect.fields);
    }
    const bool writes = std::ranges::any_of(effect.fields, is_written);
    effect.kind = writes ? Kind::changed : Kind::kept;
    check_fields(next, effect);
    effects_.objects.push_back(std::move(effect));
  }

  // `kubectl replace` leaves nothing that Git does not state.
  static void overwrite(std::vector<FieldEffect>& fields) {
    for (FieldEffect& field : fields) {
      if (field.kind == FieldEffect::Kind::survives) {
        field.kind = FieldEffect::Kind::reverts;
      }
    }
  }

  // `effect` has a field for each difference, in their order.
  void check_fields(const ObjectResult& next, ObjectEffect& effect) {
    const bool may_replace = SyncOptions(application_.object, next.desired).has("Force", "true");
    for (std::size_t i = 0; i < next.differences.size(); ++i) {
      const FieldEffect& field = effect.fields[i];
      const std::string why =
          is_written(field) ? why_fixed({.object = next, .difference = next.differences[i]}) : "";
      if (why.empty()) {
        continue;
      }
      if (may_replace) {
        effect.kind = Kind::recreated;
        effect.why = field.path_text + " " + why + ", and Force=true lets it be deleted";
      } else {
        object_to_field(next, field, why);
      }
    }
  }

  void object_to_field(const ObjectResult& next, const FieldEffect& field, const std::string& why) {
    Objection objection =
        objection_to(GateReason::immutable,
                     application_,
                     ref_of(next),
                     field.path_text + " of " + describe(ref_of(next)) + " " + why + ": it is " +
                         value_text(field.from) + ", the deploy wants " + value_text(field.to));
    objection.path_text = field.path_text;
    objection.source = field.source;
    effects_.objections.push_back(std::move(objection));
  }

  std::string why_fixed(const FieldChange& change) const {
    std::string why = why_immutable(change);
    if (why.empty()) {
      why = why_pod_keeps(change);
    }
    const ObjectKey& key = change.object.key;
    for (std::size_t i = 0;
         why.empty() && cell_.cell != nullptr && i < cell_.cell->definitions.size();
         ++i) {
      const Value& definition = cell_.cell->definitions[i];
      if (definition.string_at({"spec", "group"}) == key.group &&
          definition.string_at({"spec", "names", "kind"}) == key.kind) {
        why = why_fixed_by(definition, change);
      }
    }
    return why;
  }

  void check_api(const ObjectResult& next) {
    const std::pair api(next.key.group_kind(), std::string(version_of(next.api_version)));
    if (!next.api_not_served || cell_.new_apis.contains(api)) {
      return;
    }
    add(GateReason::api,
        next,
        "the cell does not serve " + next.api_version + " " + next.key.kind +
            ", which the deploy states for " + describe(ref_of(next)) +
            (next.reason.empty() ? "" : "; " + next.reason));
  }

  bool is_made_by_argo_cd(const std::string& ns) const {
    return ns == application_.ns &&
           SyncOptions(application_.object, Value()).has("CreateNamespace", "true");
  }

  // A namespace that has objects is there, whether or not it could be read.
  bool has_objects_in(const std::string& ns) const {
    return std::ranges::any_of(application_.next, [&](const ObjectResult& each) {
      return each.key.ns == ns && !each.live.is_null();
    });
  }

  void check_namespace(const ObjectResult& next) {
    const std::string& ns = next.key.ns;
    if (ns.empty() || cell_.new_namespaces.contains(ns) || is_made_by_argo_cd(ns) ||
        !told_.insert(ns).second) {
      return;
    }
    if (cell_.cell == nullptr || !cell_.cell->namespaces) {
      if (!has_objects_in(ns)) {
        effects_.objections.push_back(
            objection_to(GateReason::unknown,
                         application_,
                         "whether there is a namespace " + ns + " could not be read"));
      }
      return;
    }
    const auto found = cell_.cell->namespaces->find(ns);
    const bool is_there = found != cell_.cell->namespaces->end();
    if (is_there && found->second != "Terminating") {
      return;
    }
    effects_.objections.push_back(
        objection_to(GateReason::name_space,
                     application_,
                     is_there ? "the namespace " + ns + " is being deleted"
                              : "there is no namespace " + ns +
                                    ": neither the deploy nor CreateNamespace=true makes it"));
  }

  void tell_of_refusal(const ObjectResult& next) {
    for (const compare::Disagreement& disagreement : next.disagreements) {
      if (disagreement.kind == compare::Disagreement::Kind::refused) {
        add(GateReason::refused,
            next,
            "the API server would not have " + describe(ref_of(next)) + ": " + disagreement.said);
      }
    }
  }

  void add(GateReason reason, const ObjectResult& next, std::string message) {
    Objection objection = objection_to(reason, application_, ref_of(next), std::move(message));
    objection.source = next.desired.mark();
    effects_.objections.push_back(std::move(objection));
  }

  // What is told once for the Application, as the objects are listed with it.
  void tell_of_all() {
    struct Sum {
      Kind kind;
      GateReason reason;
      std::string text;
    };
    static const Sum sums[] = {
        {Kind::pruned, GateReason::prunes, "the deploy deletes "},
        {Kind::recreated, GateReason::recreates, "the deploy deletes and makes again "}};
    for (const Sum& sum : sums) {
      const auto number =
          std::size_t(std::ranges::count(effects_.objects, sum.kind, &ObjectEffect::kind));
      if (number > 0) {
        effects_.objections.push_back(
            objection_to(sum.reason, application_, sum.text + counted(number, "object")));
      }
    }
    tell_of_reverts();
  }

  void tell_of_reverts() {
    std::size_t number = 0;
    for (const ObjectEffect& effect : effects_.objects) {
      number += std::size_t(
          std::ranges::count(effect.fields, FieldEffect::Kind::reverts, &FieldEffect::kind));
    }
    if (number > 0) {
      effects_.objections.push_back(objection_to(
          GateReason::reverts,
          application_,
          "the deploy takes back " + counted(number, "field") + " that somebody changed by hand"));
    }
  }

  const GateApplication& application_;
  const GateSurroundings& cell_;
  std::map<ObjectKey, const ObjectResult*> now_;
  std::set<std::string> told_;  // namespaces
  Effects effects_;
};

}  // namespace

Effects effects_of(const GateApplication& application, const GateSurroundings& cell) {
  return Foretelling(application, cell).take();
}

}  // namespace celldrift::audit
