// SPDX-License-Identifier: MIT
//
// A download: its record, what may be done to it when, and its transfer.
#pragma once

#include <objidl.h>
#include <windows.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "com/pointer.h"
#include "downloads/download.h"
#include "server/download_record.h"
#include "server/notifier.h"
#include "server/queue.h"
#include "transfer/back_off.h"
#include "transfer/transfer.h"

namespace dosvc_stand_in {

class Service;

class Download final : public Queued, public std::enable_shared_from_this<Download> {
 public:
  using Callback = dosvc::com::ComPtr<dosvc::abi::IDODownloadStatusCallback>;
  using Stream = dosvc::com::ComPtr<IStream>;

  Download(DownloadRecord record, Service& service)
      : service_(service), record_(std::move(record)) {}

  // The service has started: what was under way goes on.
  void TakeUp();

  // IDODownload
  HRESULT Start(const dosvc::abi::DO_DOWNLOAD_RANGES_INFO* info);
  HRESULT Pause();
  HRESULT Abort();
  HRESULT Finalize();
  dosvc::abi::DO_DOWNLOAD_STATUS Status() const;
  HRESULT GetProperty(dosvc::abi::DODownloadProperty id, VARIANT* value) const;
  HRESULT SetProperty(dosvc::abi::DODownloadProperty id, const VARIANT& value);

  // Whether an enumeration of this category lists it; null: of all.
  bool IsOf(const dosvc::abi::DO_DOWNLOAD_ENUM_CATEGORY* category) const;
  // Whether it was started with this target.
  bool WritesTo(const std::wstring& target) const;

  Callback callback() const;
  void SetForeign(bool foreign);
  void DropIfOld();
  // What it waits for may be there.
  void LookAgain();

  void Transfer() override;
  // The client that has the stream may.
  bool MayBeHeld() const override;

 private:
  class Events;
  struct Turn {
    std::shared_ptr<Stop> stop;
    std::wstring target;
    FileSource source;
    FileState file;
    HttpOptions http;
    std::wstring integrity_info;  // empty: it is not mandatory
    Stream stream;
  };
  // What Start asks for; no ranges: to go on.
  using Ranges = std::unique_ptr<std::vector<Span>>;

  HRESULT MayChange() const;
  HRESULT MayStart(const Ranges& ranges) const;
  HRESULT HasAll(const Ranges& ranges) const;
  void Begin(const Ranges& ranges);
  HRESULT AwaitEnd();
  HRESULT SetInterface(dosvc::abi::DODownloadProperty id, const VARIANT& value);
  HRESULT Publish();

  // What the methods wait for: the transfer's thread has let go, or a client holds it.
  void StopTransfer(std::unique_lock<std::mutex>& lock);
  void Enter(dosvc::abi::DODownloadState state);
  void End(dosvc::abi::DODownloadState state);
  void Keep();
  void Enqueue(std::chrono::milliseconds after = {});
  void Tell(bool passing);
  Telling TellStatus(const dosvc::abi::DO_DOWNLOAD_STATUS& status);
  dosvc::abi::DO_DOWNLOAD_STATUS StatusNow() const;
  std::wstring Target() const;

  // On the thread of the turn.
  bool WantsTurn() const;
  bool BeginTurn(Turn& turn);
  Result Run(Turn& turn);
  Result MakeTemporaryFile(Turn& turn);
  void EndTurn(const Turn& turn, const Result& result);
  void Fail(HRESULT error);
  void Wait(HRESULT error);
  void Hold(bool held);

  Service& service_;
  mutable std::mutex mutex_;
  DownloadRecord record_;  // guarded by mutex_, as all that follows
  Callback callback_;
  Stream stream_;
  std::condition_variable changed_;
  bool busy_ = false;           // a thread transfers it
  bool held_ = false;           // and a client holds that thread
  bool again_ = false;          // a turn came while it was busy
  std::shared_ptr<Stop> stop_;  // of the turn whose outcome counts
  Ticks told_at_ = 0;
  std::uint64_t told_bytes_ = 0;
  BackOff back_off_{std::chrono::milliseconds(250), std::chrono::milliseconds(60'000)};
};

}  // namespace dosvc_stand_in
