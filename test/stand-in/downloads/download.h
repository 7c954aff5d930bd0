// SPDX-License-Identifier: MIT
//
// A download: its record, the operations that each state allows, and its transfer.
#pragma once

#include <objidl.h>
#include <windows.h>

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "com/pointer.h"
#include "downloads/download.h"
#include "stand-in/downloads/download_record.h"
#include "stand-in/service/lag.h"
#include "stand-in/service/notifier.h"
#include "stand-in/service/queue.h"
#include "stand-in/transfer/back_off.h"
#include "stand-in/transfer/transfer.h"

namespace dosvc_stand_in {

class Service;

class Download final : public Queued, public std::enable_shared_from_this<Download> {
 public:
  using Callback = dosvc::com::ComPtr<dosvc::abi::IDODownloadStatusCallback>;
  using Stream = dosvc::com::ComPtr<IStream>;

  Download(DownloadRecord record, Service& service)
      : service_(service), record_(std::move(record)) {}

  // Called when the service starts: resumes a transfer that was in progress.
  void TakeUp();

  // IDODownload
  HRESULT Start(const dosvc::abi::DO_DOWNLOAD_RANGES_INFO* info);
  HRESULT Pause();
  HRESULT Abort();
  HRESULT Finalize();
  dosvc::abi::DO_DOWNLOAD_STATUS Status() const;
  HRESULT GetProperty(dosvc::abi::DODownloadProperty id, VARIANT* value) const;
  HRESULT SetProperty(dosvc::abi::DODownloadProperty id, const VARIANT& value);

  // Whether an enumeration of `category` lists the download; null enumerates all.
  bool IsOf(const dosvc::abi::DO_DOWNLOAD_ENUM_CATEGORY* category) const;
  // Whether the download has been started, has not ended, and has this target.
  bool WritesTo(const std::wstring& target) const;

  // Called when a client gets an object of the download to keep, and when it has released it.
  void Taken() { ++held_objects_; }
  void LetGo() { --held_objects_; }
  // Aborts it for another one that starts with the same target.
  void GiveWay();
  Callback callback() const;
  void SetForeign(bool foreign);
  void DropIfOld();
  // Retries a download that waits, because what it waits for may have become available.
  void LookAgain();

  void Transfer() override;
  // A client that provides a stream may hold the thread.
  bool MayBeHeld() const override;

 private:
  class Events;
  struct Turn {
    std::shared_ptr<Stop> stop;
    std::wstring target;
    FileSource source;
    FileState file;
    HttpOptions http;
    std::wstring integrity_info;  // empty: no check is mandatory
    Stream stream;
  };
  // What Start asks for; none asks to resume.
  using Ranges = std::optional<std::vector<Span>>;

  HRESULT MayChange() const;
  HRESULT StartNow(const Ranges& ranges);
  HRESULT MayStart(const Ranges& ranges) const;
  HRESULT HasAll(const Ranges& ranges) const;
  void Begin(const Ranges& ranges);
  HRESULT AwaitEnd();
  HRESULT MayPause() const;
  HRESULT PauseNow();
  HRESULT AbortNow();
  HRESULT SetInterface(dosvc::abi::DODownloadProperty id, const VARIANT& value);
  HRESULT Publish();

  // Stops the transfer, and waits until its thread has finished or a client holds that thread.
  void StopTransfer(std::unique_lock<std::mutex>& lock);
  void Enter(dosvc::abi::DODownloadState state);
  void End(dosvc::abi::DODownloadState state);
  void Keep();
  void Enqueue(std::chrono::milliseconds after = {});
  bool IsDue() const;
  void Tell(bool passing);
  Telling TellStatus(const dosvc::abi::DO_DOWNLOAD_STATUS& status);
  dosvc::abi::DO_DOWNLOAD_STATUS StatusNow() const;
  std::uint64_t Reported() const;
  std::wstring Target() const;

  // The download's turn. These run on its thread; TakeUp also calls WantsTurn and Fail.
  bool WantsTurn() const;
  bool BeginTurn(Turn& turn);
  Result Run(Turn& turn);
  Result MakeTemporaryFile(Turn& turn);
  void EndTurn(const Turn& turn, const Result& result);
  void Fail(HRESULT error, HRESULT reason = S_OK);
  void Wait(HRESULT error);
  bool MayPass(const Result& result) const;
  void TryAgain(HRESULT error);
  bool GivesUp();
  void Hold(bool held);

  Service& service_;
  Lag lag_;  // of Start and Pause
  std::atomic<int> held_objects_{0};
  mutable std::mutex mutex_;
  DownloadRecord record_;  // guarded by mutex_, like all members below
  Callback callback_;
  Stream stream_;
  std::condition_variable changed_;
  bool busy_ = false;                // a thread transfers it
  bool held_ = false;                // and a client holds that thread
  bool again_ = false;               // a turn came while it was busy
  std::shared_ptr<Stop> stop_;       // of the turn whose outcome counts
  Ticks unconnected_since_ = 0;      // when a connection first failed; 0: none has
  std::uint64_t earlier_bytes_ = 0;  // of the portions before this one
  Ticks told_at_ = 0;
  std::uint64_t told_bytes_ = 0;
  BackOff back_off_{std::chrono::milliseconds(250), std::chrono::milliseconds(60'000)};
};

}  // namespace dosvc_stand_in
