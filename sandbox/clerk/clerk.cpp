#include "sandbox/clerk/clerk.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <set>

#include "base/time_text.h"
#include "sandbox/clerk/order_export.h"
#include "sandbox/clerk/worksheet.h"
#include "sandbox/json_tools.h"
#include "sandbox/orders.h"

namespace sandbox {
namespace {

namespace fs = std::filesystem;
using web::json::value;
using namespace std::chrono_literals;

constexpr const char* kNew = "Chờ xác nhận";
constexpr const char* kConfirmed = "Đã xác nhận";
constexpr const char* kOnItsWay = "Đang giao";
constexpr const char* kDone = "Hoàn thành";
constexpr const char* kCancelled = "Đã hủy";
constexpr auto kConfirmedAfter = 2h;
constexpr auto kOnItsWayAfter = 24h;
constexpr auto kDoneAfter = 72h;
constexpr std::int64_t kFirstOrder = 100'001;

const char* status_at_age(base::Millis age) {
  if (age >= kDoneAfter) return kDone;
  if (age >= kOnItsWayAfter) return kOnItsWay;
  return age >= kConfirmedAfter ? kConfirmed : kNew;
}

base::Error error(base::ErrorCode code, const std::string& why) {
  return {code, why, {}, {}};
}

class MarketClerk final : public Clerk {
 public:
  MarketClerk(Context& context, std::string channel, fs::path exchange, ExportStyle style,
              base::Millis work_every)
      : context_(context),
        channel_(std::move(channel)),
        exchange_(std::move(exchange)),
        style_(style),
        work_every_(work_every),
        last_work_(context.clock.now()) {
    fs::create_directories(exchange_ / "out");
    fs::create_directories(exchange_ / "in");
  }

  std::string name() const override { return channel_; }

  server::http::Response handle(const server::http::Request&) override {
    server::http::Response response;
    response.status = 404;
    response.body = R"({"error":"not_found","message":"this marketplace has no API"})";
    return response;
  }

  value work() override {
    const std::lock_guard lock(mutex_);
    age_orders();
    return work_now();
  }

  void tick() override {
    const std::lock_guard lock(mutex_);
    age_orders();
    if (work_every_.count() > 0 && context_.clock.now() - last_work_ >= work_every_) work_now();
  }

  std::vector<Shown> shown() const override {
    const std::lock_guard lock(mutex_);
    std::vector<Shown> out;
    for (const auto& [sku, row] : listings_) out.push_back(row);
    return out;
  }

  value truth() const override {
    value out;
    out["listings"] = to_json(shown());
    const std::lock_guard lock(mutex_);
    out["orders"] = to_json(orders_);
    out["sold"] = sold_by_sku(orders_, kCancelled);
    out["calls"] = calls_.to_json();
    return out;
  }

  base::Result<Purchase> buy(const std::vector<Wish>& wishes) override {
    const std::lock_guard lock(mutex_);
    std::map<std::string, std::int64_t> wanted;
    for (const auto& wish : wishes) {
      const auto found = listings_.find(wish.sku);
      const bool visible = found != listings_.end() && found->second.visible;
      const auto stock = visible ? found->second.stock : 0;
      if (wish.quantity < 1 || stock < (wanted[wish.sku] += wish.quantity)) {
        return error(base::ErrorCode::rejected,
                     "only " + std::to_string(stock) + " of " + wish.sku + " are shown");
      }
    }
    if (wanted.empty()) return error(base::ErrorCode::rejected, "nothing was asked for");
    const auto now = context_.clock.now();
    PlacedOrder order{new_order_id(now), kNew, now, now, {}, {}};
    for (const auto& [sku, quantity] : wanted) {
      auto& row = listings_.at(sku);
      row.stock -= quantity;
      order.lines.push_back({sku, row.name, 0, quantity, row.price});
    }
    orders_.push_back(order);
    unexported_.insert(order.id);
    return Purchase{order.id};
  }

  base::Status cancel(const std::string& id) override {
    const std::lock_guard lock(mutex_);
    const auto order = std::find_if(orders_.begin(), orders_.end(),
                                    [&](const PlacedOrder& row) { return row.id == id; });
    if (order == orders_.end()) return error(base::ErrorCode::not_found, "no order " + id);
    if (order->status != kNew && order->status != kConfirmed) {
      return error(base::ErrorCode::conflict, "order " + id + " is " + order->status);
    }
    for (const auto& line : order->lines) listings_[line.sku].stock += line.quantity;
    move_to(*order, kCancelled);
    return base::Done{};
  }

  base::Result<std::string> fresh_code() override {
    return error(base::ErrorCode::not_found, "this marketplace has no consent codes");
  }

  // Worksheets that were typed stay typed, and order numbers go on.
  void reset() override {
    const std::lock_guard lock(mutex_);
    listings_.clear();
    orders_.clear();
    unexported_.clear();
    calls_.reset();
    last_work_ = context_.clock.now();
  }

  value save() const override {
    value out;
    out["listings"] = to_json(shown());
    const std::lock_guard lock(mutex_);
    out["orders"] = to_json(orders_);
    out["typed"] = empty_list();
    for (const auto& file : typed_) push(out["typed"], js(file));
    out["unexported"] = empty_list();
    for (const auto& id : unexported_) push(out["unexported"], js(id));
    out["next_order"] = jn(next_order_);
    out["calls"] = calls_.to_json();
    return out;
  }

  void load(const value& state) override {
    const std::lock_guard lock(mutex_);
    listings_.clear();
    for (const auto& row : state.at("listings").as_array()) {
      const auto sku = text_in(row, "sku");
      listings_[sku] = {sku,
                        text_in(row, "remote_id"),
                        text_in(row, "name"),
                        integer_in(row, "price").value_or(0),
                        integer_in(row, "stock").value_or(0),
                        row.at("visible").as_bool()};
    }
    orders_ = orders_from(state.at("orders"));
    typed_.clear();
    for (const auto& file : state.at("typed").as_array()) typed_.insert(file.as_string());
    unexported_.clear();
    for (const auto& id : state.at("unexported").as_array()) unexported_.insert(id.as_string());
    next_order_ = integer_in(state, "next_order").value_or(kFirstOrder);
    calls_.load(state.at("calls"));
  }

 private:
  // "V26100001": the channel's letter, the year, a running number.
  std::string new_order_id(base::Instant now) {
    const char letter = static_cast<char>(channel_.front() - 'a' + 'A');
    return letter + base::local_date(now).substr(2, 2) + std::to_string(next_order_++);
  }

  void move_to(PlacedOrder& order, const char* status) {
    order.status = status;
    order.updated_at = context_.clock.now();
    unexported_.insert(order.id);
  }

  void age_orders() {
    const auto now = context_.clock.now();
    for (auto& order : orders_) {
      if (order.status == kCancelled || order.status == kDone) continue;
      const auto* status = status_at_age(now - order.created_at);
      if (order.status != status) move_to(order, status);
    }
  }

  value work_now() {
    last_work_ = context_.clock.now();
    value out;
    out["worksheets"] = empty_list();
    out["problems"] = empty_list();
    std::int64_t rows = 0;
    for (const auto& path : new_worksheets()) {
      const auto sheet = read_worksheet(path);
      for (const auto& row : sheet.rows) type(row);
      for (const auto& problem : sheet.problems) push(out["problems"], js(problem));
      rows += static_cast<std::int64_t>(sheet.rows.size());
      typed_.insert(path.filename().string());
      push(out["worksheets"], js(path.filename().string()));
    }
    out["typed"] = jn(rows);
    export_orders(out);
    return out;
  }

  std::vector<fs::path> new_worksheets() const {
    std::vector<fs::path> out;
    for (const auto& entry : fs::directory_iterator(exchange_ / "out")) {
      const auto file = entry.path().filename().string();
      const bool sheet = entry.is_regular_file() && file.ends_with(".csv") && file.front() != '.';
      if (sheet && !typed_.contains(file)) out.push_back(entry.path());
    }
    std::sort(out.begin(), out.end());
    return out;
  }

  void type(const TypedRow& row) {
    auto& listing = listings_[row.sku];
    listing.sku = row.sku;
    listing.remote_id = row.sku;
    if (!row.name.empty()) listing.name = row.name;
    if (row.price) listing.price = *row.price;
    if (row.stock) listing.stock = *row.stock;
    listing.visible = row.task != Task::withdraw;
    calls_.record(context_.clock.now(), "worksheet row", CallLog::Kind::write, 200);
  }

  void export_orders(value& out) {
    std::vector<const PlacedOrder*> rows;
    for (const auto& order : orders_) {
      if (unexported_.contains(order.id)) rows.push_back(&order);
    }
    out["exported"] = jn(static_cast<std::int64_t>(rows.size()));
    out["file"] = value::null();
    if (rows.empty()) return;
    const auto day = base::local_date(context_.clock.now());
    out["file"] = js(write_export(exchange_ / "in", day, export_text(rows, style_)));
    unexported_.clear();
  }

  Context& context_;
  const std::string channel_;
  const fs::path exchange_;
  const ExportStyle style_;
  const base::Millis work_every_;
  mutable std::mutex mutex_;
  base::Instant last_work_;
  std::map<std::string, Shown> listings_;
  std::vector<PlacedOrder> orders_;
  std::set<std::string> unexported_;  // orders that are new or moved on since the last export
  std::set<std::string> typed_;       // names of worksheets
  std::int64_t next_order_ = kFirstOrder;
  CallLog calls_;
};

}  // namespace

std::unique_ptr<Clerk> make_clerk(Context& context, const std::string& channel,
                                  const fs::path& exchange, ExportStyle style,
                                  std::chrono::seconds work_every) {
  return std::make_unique<MarketClerk>(context, channel, exchange, style, work_every);
}

}  // namespace sandbox
