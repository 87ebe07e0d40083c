// Accounts at carriers: which there are, whether they answer, their places and fees.
#include "app/commands/commands.h"
#include "app/commands/parcel_request.h"
#include "app/commands/place_names.h"
#include "app/errors.h"
#include "base/text.h"

namespace app {
namespace {

namespace carriers = connectors::carriers;

constexpr std::size_t kPlacesDefault = 200;
constexpr std::size_t kParcelsCounted = 100'000;

struct Counts {
  std::int64_t under_way = 0;
  std::int64_t held = 0;
};

Counts count(jobs::Tables& tables, const catalog::AccountId& carrier) {
  Counts out;
  auto& table = tables.catalog.shipments;
  out.under_way = static_cast<std::int64_t>(table.under_way(carrier, kParcelsCounted).size());
  for (const auto& shipment : table.shipments(carrier, kParcelsCounted)) {
    if (shipment.held) ++out.held;
  }
  return out;
}

std::string reason_of(Wiring& wiring, const std::string& name) {
  const auto found = wiring.broken().find(name);
  return found == wiring.broken().end() ? std::string{} : found->second;
}

struct ListedPlace {
  std::string id;  // as --to-ward takes it
  std::string name;
};

// Every commune of a province whose name (or whose commune's name) holds the text.
base::Result<std::vector<ListedPlace>> list_places(carriers::Carrier& carrier,
                                                   carriers::PlaceScheme scheme,
                                                   const std::string& text, std::size_t rows_max) {
  const auto wanted = base::fold(text);
  const auto provinces = carrier.places(scheme, carriers::PlaceLevel::province, "");
  if (!provinces) return provinces.error();
  std::vector<ListedPlace> out;
  if (wanted.empty()) {
    for (const auto& province : provinces.value()) out.push_back({province.id, province.name});
    return out;
  }
  for (const auto& province : provinces.value()) {
    if (base::fold(province.name).find(wanted) == std::string::npos) continue;
    std::vector<carriers::Place> parents = {{"", "", ""}};
    if (scheme == carriers::PlaceScheme::three_level) {
      const auto districts = carrier.places(scheme, carriers::PlaceLevel::district, province.id);
      if (!districts) return districts.error();
      parents = districts.value();
    }
    for (const auto& parent : parents) {
      const auto communes = carrier.places(scheme, carriers::PlaceLevel::commune,
                                           parent.id.empty() ? province.id : parent.id);
      if (!communes) return communes.error();
      for (const auto& commune : communes.value()) {
        if (out.size() >= rows_max) return out;
        const auto middle = parent.id.empty() ? "" : parent.id + "/";
        const auto above = parent.id.empty() ? "" : parent.name + ", ";
        out.push_back(
            {province.id + "/" + middle + commune.id, commune.name + ", " + above + province.name});
      }
    }
  }
  return out;
}

std::string joined(const std::vector<std::string>& words, std::size_t from) {
  std::string out;
  for (std::size_t i = from; i < words.size(); ++i) out += (out.empty() ? "" : " ") + words[i];
  return out;
}

}  // namespace

int carrier_list(Invocation& in) {
  ReadSession session(in);
  std::vector<cc::Json> list;
  std::vector<std::vector<std::string>> rows = {
      {in.out.pick("TÊN", "NAME"), in.out.pick("HÃNG", "CARRIER"),
       in.out.pick("NGƯỜI GỬI", "SENDER"), in.out.pick("ĐỊA DANH", "PLACES"),
       in.out.pick("ĐANG ĐI", "UNDER WAY"), in.out.pick("GIỮ LẠI", "HELD"),
       in.out.pick("TÌNH TRẠNG", "STATUS")}};
  session.store().read([&](jobs::Tables& tables) {
    for (const auto& [name, setup] : session.wiring().carriers()) {
      const auto counts = count(tables, catalog::AccountId{name});
      const auto problem = reason_of(session.wiring(), name);
      const auto places = setup.scheme == carriers::PlaceScheme::two_level ? "new" : "old";
      rows.push_back({name, setup.name, setup.sender.name, places, std::to_string(counts.under_way),
                      std::to_string(counts.held), problem.empty() ? "OK" : problem});
      list.push_back(cc::json_object({{"carrier", cc::json_string(name)},
                                      {"kind", cc::json_string(setup.kind)},
                                      {"sender", cc::json_string(setup.sender.name)},
                                      {"places", cc::json_string(places)},
                                      {"under_way", cc::json_number(counts.under_way)},
                                      {"held", cc::json_number(counts.held)},
                                      {"problem", cc::json_string(problem)}}));
    }
  });
  if (in.out.json()) {
    print_json(in, {{"carriers", cc::json_array(std::move(list))}});
  } else {
    in.out.table(rows);
  }
  return exit_ok;
}

int carrier_test(Invocation& in) {
  WriteSession session(in);
  int worst = exit_ok;
  bool any = false;
  std::vector<cc::Json> list;
  for (const auto& [name, setup] : session.wiring().carriers()) {
    if (!in.words.empty() && in.word(0) != name) continue;
    any = true;
    const auto* account = usable_carrier(in, session.wiring(), name);
    base::Status answer =
        base::Error{base::ErrorCode::unavailable, "the daemon is stopping", {}, {}};
    if (account != nullptr) {
      session.with_account(account->id, [&] { answer = account->carrier->test(); });
    }
    const bool good = account != nullptr && answer;
    if (!good) worst = account == nullptr ? exit_failed : exit_for(answer.error().code);
    if (account != nullptr && !answer) say_error(in.out, answer.error());
    if (good && !in.out.json()) in.out.line(name + ": " + setup.name + " OK");
    list.push_back(
        cc::json_object({{"carrier", cc::json_string(name)}, {"ok", cc::json_flag(good)}}));
  }
  if (!any) {
    in.out.problem("cấu hình không có hãng vận chuyển nào như vậy",
                   "the configuration has no such carrier");
    return exit_failed;
  }
  if (in.out.json()) print_json(in, {{"carriers", cc::json_array(std::move(list))}});
  return worst;
}

int carrier_places(Invocation& in) {
  WriteSession session(in);
  const auto* account = usable_carrier(in, session.wiring(), in.word(0));
  if (account == nullptr) return exit_failed;
  auto scheme = session.wiring().carriers().at(in.word(0)).scheme;
  if (in.has("old")) scheme = carriers::PlaceScheme::three_level;
  base::Result<std::vector<ListedPlace>> places =
      base::Error{base::ErrorCode::unavailable, "the daemon is stopping", {}, {}};
  session.with_account(account->id, [&] {
    places =
        list_places(*account->carrier, scheme, joined(in.words, 1), limit_of(in, kPlacesDefault));
  });
  if (!places) {
    say_error(in.out, places.error());
    return exit_for(places.error().code);
  }
  std::vector<cc::Json> list;
  std::vector<std::vector<std::string>> rows = {
      {in.out.pick("MÃ", "ID"), in.out.pick("TÊN", "NAME")}};
  for (const auto& place : places.value()) {
    rows.push_back({place.id, place.name});
    list.push_back(cc::json_object(
        {{"id", cc::json_string(place.id)}, {"name", cc::json_string(place.name)}}));
  }
  if (in.out.json()) {
    print_json(in, {{"places", cc::json_array(std::move(list))}});
  } else {
    in.out.table(rows);
  }
  return exit_ok;
}

// One carrier with --carrier, else all of them.
int carrier_fees(Invocation& in) {
  WriteSession session(in);
  std::vector<cc::Json> list;
  std::vector<std::vector<std::string>> rows = {
      {in.out.pick("HÃNG", "CARRIER"), in.out.pick("DỊCH VỤ", "SERVICE"),
       in.out.pick("TÊN", "NAME"), in.out.pick("CƯỚC TẠM TÍNH", "FEE, PROVISIONAL"),
       in.out.pick("THỜI GIAN", "TIME")}};
  int worst = exit_ok;
  for (const auto& [name, setup] : session.wiring().carriers()) {
    if (in.has("carrier") && in.option("carrier") != name) continue;
    const auto* account = usable_carrier(in, session.wiring(), name);
    if (account == nullptr) return exit_failed;
    std::optional<ParcelRequest> wanted;
    base::Result<std::vector<carriers::FeeOffer>> offers = base::Error{};
    session.with_account(account->id, [&] {
      wanted = parcel_request(in, session.wiring(), *account, carriers::Purpose::quote);
      if (wanted) offers = account->carrier->quote(wanted->request);
    });
    if (!wanted) return exit_failed;
    if (!offers) {
      say_error(in.out, offers.error());
      worst = exit_for(offers.error().code);
      continue;
    }
    for (const auto& offer : offers.value()) {
      rows.push_back({name, offer.service, offer.name, catalog::to_text(catalog::Money{offer.fee}),
                      offer.time});
      list.push_back(cc::json_object({{"carrier", cc::json_string(name)},
                                      {"service", cc::json_string(offer.service)},
                                      {"name", cc::json_string(offer.name)},
                                      {"fee", cc::json_number(offer.fee)},
                                      {"time", cc::json_string(offer.time)}}));
    }
  }
  if (in.out.json()) {
    print_json(in, {{"offers", cc::json_array(std::move(list))}});
  } else {
    in.out.table(rows);
  }
  return worst;
}

}  // namespace app
