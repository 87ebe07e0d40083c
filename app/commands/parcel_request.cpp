#include "app/commands/parcel_request.h"

#include <algorithm>
#include <fstream>

#include "app/commands/place_names.h"
#include "app/errors.h"
#include "base/text.h"
#include "catalog/quantity.h"

namespace app {
namespace {

namespace carriers = connectors::carriers;

constexpr std::size_t kReceiverLinesMax = 50;

// Of --to FILE; false: it cannot be read, and that was said. Its content is never repeated.
bool read_receiver_file(Invocation& in, std::map<std::string, std::string>& into) {
  if (!in.has("to")) return true;
  std::ifstream file(in.option("to"));
  std::string line;
  std::size_t lines = 0;
  while (file && std::getline(file, line) && ++lines <= kReceiverLinesMax) {
    std::string_view text = line;
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    text = base::trim(text);
    const auto equals = text.find('=');
    if (text.empty() || text.starts_with('#')) continue;
    const auto key = std::string(base::trim(text.substr(0, equals)));
    const bool known = key == "name" || key == "phone" || key == "address" || key == "ward";
    if (equals == std::string_view::npos || !known) {
      in.out.problem(
          "--to: dòng " + std::to_string(lines) + " không phải \"name/phone/address/ward = …\"",
          "--to: line " + std::to_string(lines) + " is not \"name/phone/address/ward = …\"");
      return false;
    }
    into[key] = base::trim(text.substr(equals + 1));
  }
  if (lines == 0) {
    in.out.problem("không đọc được tệp --to", "cannot read the file of --to");
    return false;
  }
  return true;
}

std::string normal_phone(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c >= '0' && c <= '9') out += c;
  }
  if (text.starts_with("+84") || (out.starts_with("84") && out.size() > 10)) {
    out = "0" + out.substr(2);
  }
  return out;
}

bool complain_if_missing(Invocation& in, const carriers::Party& party, const std::string& ward,
                         carriers::Purpose purpose) {
  std::string missing;
  const auto need = [&](bool there, const char* flag) {
    if (!there) missing += std::string(missing.empty() ? "" : ", ") + flag;
  };
  if (purpose == carriers::Purpose::create) {
    need(!party.name.empty(), "--to-name");
    need(party.phone.size() >= 9 && party.phone.size() <= 11, "--to-phone");
    need(!party.address.empty(), "--to-address");
  }
  need(!ward.empty(), "--to-ward");
  if (missing.empty()) return false;
  in.out.problem("thiếu hoặc sai người nhận: " + missing + " (hoặc --to TỆP)",
                 "the receiver is missing or wrong: " + missing + " (or --to FILE)");
  return true;
}

std::optional<carriers::Party> receiver(Invocation& in, const jobs::CarrierAccount& account,
                                        carriers::PlaceScheme scheme, carriers::Purpose purpose) {
  std::map<std::string, std::string> given;
  if (!read_receiver_file(in, given)) return std::nullopt;
  for (const auto* key : {"name", "phone", "address", "ward"}) {
    const auto flag = std::string("to-") + key;
    if (in.has(flag)) given[key] = base::trim(in.option(flag));
  }
  carriers::Party party{given["name"], normal_phone(given["phone"]), given["address"], {}};
  if (complain_if_missing(in, party, given["ward"], purpose)) return std::nullopt;
  const auto place = find_place(*account.carrier, scheme, given["ward"]);
  if (!place) {
    in.out.problem("--to-ward: " + place.error().message, "--to-ward: " + place.error().message);
    return std::nullopt;
  }
  party.place = place.value();
  return party;
}

std::optional<std::int64_t> cod(Invocation& in, const CarrierSetup& setup,
                                const catalog::Order& order) {
  auto rule = setup.cod;
  if (in.has("cod")) {
    const auto given = cod_rule_from(in.option("cod"));
    if (!given) {
      const auto amount = catalog::parse_money(in.option("cod"));
      if (!amount || amount->minor < 0) {
        in.out.problem("--cod là none, goods, total hoặc số tiền",
                       "--cod is none, goods, total or an amount");
        return std::nullopt;
      }
      return amount->minor;
    }
    rule = *given;
  }
  switch (rule) {
    case CodRule::none:
      return 0;
    case CodRule::goods:
      return order.goods.minor;
    case CodRule::total:
      return order.total.minor;
    case CodRule::ask:
      break;
  }
  in.out.problem(
      "thu hộ bao nhiêu? --cod none, goods, total hoặc số tiền (hay đặt carrier.NAME.cod)",
      "how much is collected? --cod none, goods, total or an amount (or set carrier.NAME.cod)");
  return std::nullopt;
}

// What lies in the parcel by the order; weight 0 when a pack's is not known.
carriers::Contents contents_of(jobs::Store& store, const catalog::Order& order) {
  carriers::Contents out;
  out.quantity = 0;
  bool weighed = true;
  store.read([&](jobs::Tables& tables) {
    for (const auto& line : order.lines) {
      const auto packs = line.quantity - line.cancelled;
      if (packs <= 0) continue;
      const auto variant = tables.catalog.products.variant(line.sku);
      const auto weight = !variant                        ? 0
                          : variant->package_weight_g > 0 ? variant->package_weight_g
                                                          : variant->net_weight_g;
      weighed = weighed && weight > 0;
      out.weight_g += packs * weight;
      out.quantity += packs;
      out.description += (out.description.empty() ? "" : ", ") + std::to_string(packs) + " x " +
                         (line.name.empty() ? line.sku.text : line.name);
      if (variant && order.lines.size() == 1 && packs == 1) {
        out.length_cm = static_cast<int>(variant->length_cm);
        out.width_cm = static_cast<int>(variant->width_cm);
        out.height_cm = static_cast<int>(variant->height_cm);
      }
    }
  });
  if (!weighed) out.weight_g = 0;
  return out;
}

bool weigh(Invocation& in, carriers::Contents& contents) {
  if (in.has("weight")) {
    const auto text = in.option("weight");
    const bool digits =
        std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    const auto grams = catalog::parse_quantity(digits ? text + "g" : text, catalog::BaseUnit::gram);
    contents.weight_g = grams.value_or(0);
  }
  if (contents.weight_g >= 1 && contents.weight_g <= carriers::kWeightMaxG) return true;
  in.out.problem("cần --weight (gam, hoặc 5,2kg): có quy cách chưa ghi khối lượng",
                 "--weight is needed (grams, or 5.2kg): a pack's weight is not known");
  return false;
}

}  // namespace

std::string masked_phone(const std::string& phone) {
  if (phone.size() < 7) return "…";
  return phone.substr(0, 2) + "xx xxx " + phone.substr(phone.size() - 3);
}

const jobs::CarrierAccount* usable_carrier(Invocation& in, Wiring& wiring,
                                           const std::string& name) {
  const auto* account = wiring.services().carrier(catalog::AccountId{name});
  if (account != nullptr) return account;
  const auto broken = wiring.broken().find(name);
  if (broken != wiring.broken().end() && wiring.carriers().contains(name)) {
    in.out.problem(name + ": " + broken->second, name + ": " + broken->second);
  } else {
    in.out.problem("cấu hình không có hãng vận chuyển " + name + " (nongsan carrier list)",
                   "the configuration has no carrier " + name + " (nongsan carrier list)");
  }
  return nullptr;
}

std::optional<catalog::Order> order_named(Invocation& in, jobs::Store& store) {
  std::optional<catalog::Order> order;
  store.read([&](jobs::Tables& tables) {
    order = tables.catalog.orders.order(catalog::AccountId{in.word(0)}, in.word(1));
  });
  if (!order) {
    in.out.problem("không có đơn " + in.word(1) + " trên " + in.word(0),
                   "there is no order " + in.word(1) + " on " + in.word(0));
  }
  return order;
}

std::optional<ParcelRequest> parcel_request(Invocation& in, Wiring& wiring,
                                            const jobs::CarrierAccount& account,
                                            carriers::Purpose purpose) {
  const auto& setup = wiring.carriers().at(account.id.text);
  auto order = order_named(in, wiring.store());
  if (!order) return std::nullopt;
  ParcelRequest out;
  out.request.sender = setup.sender;
  out.request.contents = contents_of(wiring.store(), *order);
  if (out.request.contents.quantity == 0) {
    in.out.problem("đơn không còn hàng nào để gửi", "nothing of this order is left to send");
    return std::nullopt;
  }
  if (!weigh(in, out.request.contents)) return std::nullopt;
  const auto collected = cod(in, setup, *order);
  if (!collected) return std::nullopt;
  out.request.cod = *collected;
  out.request.fee_payer = setup.fee_payer;
  out.request.value = setup.declare_value ? order->goods.minor : 0;
  out.request.service = in.option("service");
  out.request.note = in.option("note");
  auto to = receiver(in, account, setup.scheme, purpose);
  if (!to) return std::nullopt;
  out.request.receiver = std::move(*to);
  auto whole = out.request;
  whole.reference = "-";
  if (const auto wrong = carriers::problem_with(whole, purpose)) {
    in.out.problem(wrong->message + " (carrier." + account.id.text + ".sender_…)",
                   wrong->message + " (carrier." + account.id.text + ".sender_…)");
    return std::nullopt;
  }
  out.order = std::move(*order);
  return out;
}

}  // namespace app
