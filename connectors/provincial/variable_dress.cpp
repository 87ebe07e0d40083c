// The product's own texts and place, and updates of packs that are there.
#include "connectors/provincial/variable_work.h"

namespace connectors::provincial {
namespace {

using base::ErrorCode;
using common::Json;
using common::json_array;
using common::json_number;

constexpr std::string_view kPictureFailed = "woocommerce_product_image_upload_error";

Members product_members(const ListingContent& content, const Pictures& pictures,
                        const Json& product, Json pack_attribute) {
  auto members = content_members(content, pictures, product);
  std::erase_if(members, [&](const auto& member) {
    return member.first == "attributes" ||
           (member.first == "featured" && content.featured_rank == 0);
  });
  auto attributes = label_attributes(content);
  attributes.push_back(std::move(pack_attribute));
  const auto others = other_attributes(product, attributes);
  attributes.insert(attributes.end(), others.begin(), others.end());
  members.emplace_back("attributes", json_array(std::move(attributes)));
  for (auto& [name, value] : members) {
    if (name != "meta_data") continue;
    const auto rows = common::items_of(value);
    std::vector<Json> entries(rows.begin(), rows.end());
    entries.push_back(meta_entry(kTurningKey, ""));
    value = json_array(std::move(entries));
  }
  return members;
}

}  // namespace

// What was made a moment ago is there whatever becomes of this: then it is looked up.
base::Status VariableProducts::dress(Work& work) {
  ListingContent content = *work.lead;
  Pictures pictures;
  if (!content.product_name.vi.empty()) content.title.vi = content.product_name.vi;
  content.featured_rank = 0;
  for (const auto* pack : work.all()) {
    content.featured_rank = std::max(content.featured_rank, pack->content->featured_rank);
    if (pack->content == work.lead) pictures = pack->pictures;
  }
  content.visible =
      std::any_of(work.variations.begin(), work.variations.end(), [&](const Json& variation) {
        const auto* ours = work.with_sku(common::text(variation, "sku"));
        return ours == nullptr ? common::text(variation, "status") == "publish"
                               : ours->content->visible;
      });
  if (picture_fingerprint(work.product) == pictures.fingerprint) pictures = {};
  const auto compose = [&](const Pictures& with) {
    auto members = product_members(content, with, work.product,
                                   pack_attribute_json(work.attribute, work.options));
    members.emplace_back("id", json_number(store_id(work.item_id).value_or(0)));
    return members;
  };
  auto dressed = write("update", compose(pictures));
  std::optional<base::Error> problem;
  if (!dressed && dressed.error().vendor_code == kPictureFailed && work.mark) {
    problem = dressed.error();  // it must not stay off sale for a picture
    dressed = write("update", compose({}));
  }
  if (!dressed && (work.exists_already() || work.mark)) return open_end(dressed.error().message);
  if (!dressed) return work.give_up(dressed.error(), work.all());
  content.binding = {work.item_id, {}};
  if (auto other = difference(content, dressed.value())) {
    problem = base::Error{ErrorCode::rejected, *other, {}, {}};
  }
  return problem ? work.give_up(*problem, Work::Packs(work.known)) : base::Done{};
}

base::Status VariableProducts::update_known(Work& work) {
  Work::Placed waiting;
  std::copy_if(
      work.bound.begin(), work.bound.end(), std::back_inserter(waiting), [&](const auto& entry) {
        return std::find(work.known.begin(), work.known.end(), entry.first) != work.known.end();
      });
  const auto path = "/products/" + work.item_id + "/variations/batch";
  std::span<const Work::Placed::value_type> left(waiting);
  while (!left.empty()) {
    const auto part = left.first(std::min(left.size(), variations_.items()));
    left = left.subspan(part.size());
    std::vector<Json> elements;
    for (const auto& [pack, binding] : part) {
      const auto renamed = work.renamed.find(binding.unit_id);
      elements.push_back(
          variation_update_json(*pack->content, binding.unit_id, work.attribute,
                                renamed == work.renamed.end() ? std::string{} : renamed->second));
    }
    const auto answer = timed_batch(client_, variations_, path, "update", std::move(elements),
                                    common::Repeatable::no);
    if (!answer) {
      return work.exists_already() ? open_end(answer.error().message) : answer.error();
    }
    for (std::size_t i = 0; i < part.size(); ++i) {
      const auto& [pack, binding] = part[i];
      const auto& row = answer.value()[i];
      const auto status = common::text(row, "status");
      base::Status step = base::Done{};
      if (const auto* error = common::child(row, "error")) {
        step = work.give_up(translate(*error), {pack});
      } else if (common::text(row, "id") != binding.unit_id) {
        return open_end("the store answered out of order");
      } else if (status != (pack->content->visible ? "publish" : "private")) {
        step = work.refuse(ErrorCode::rejected, "the store keeps it as \"" + status + "\"", {pack});
      } else {
        work.report.accepted.push_back({pack->index, binding});
      }
      if (!step) return step;
    }
  }
  return base::Done{};
}

// The new packs were refused before anything was done: the product stays as it is, with one pack.
base::Status VariableProducts::update_plain(Work& work) {
  for (const auto* pack : Work::Packs(work.known)) {
    auto members = content_members(*pack->content, {}, work.product);
    add_measures(members, *pack->content);
    members.emplace_back("id", json_number(store_id(work.item_id).value_or(0)));
    const auto answer = write("update", members);
    if (!answer) {
      if (auto step = work.give_up(answer.error(), {pack}); !step) return step;
    } else if (const auto other = difference(*pack->content, answer.value())) {
      if (auto step = work.refuse(ErrorCode::rejected, *other, {pack}); !step) return step;
    } else {
      work.report.accepted.push_back({pack->index, pack->content->binding});
    }
  }
  return base::Done{};
}

}  // namespace connectors::provincial
