// Files: kept once, found by what they are, shown to whom their owner shows them, and never named without being there.
#include "contract.h"
#include "evidence/backup.h"
#include "evidence/evidence_pages.h"
#include "evidence/samples_test.h"
#include "store/doctor.h"
#include "store/hash.h"
#include "store/journal.h"
#include "store/sql.h"
#include "web/router.h"

namespace guidon::contract {
namespace {

using namespace evidence;  // NOLINT: the words of the tests
using evidence::samples::docx;
using evidence::samples::Folder;
using evidence::samples::jpeg;
using evidence::samples::pdf;
using evidence::samples::scene;
using testing::ElementsAre;
using testing::IsEmpty;
namespace fs = std::filesystem;

std::vector<std::string> codes(const std::vector<Problem>& problems) {
    std::vector<std::string> all;
    for (const auto& problem : problems) all.push_back(problem.code);
    return all;
}

class EvidenceContract : public OnBoth {
protected:
    store::Store store = open();
    Folder folder;
    Depot depot{folder.path() / "files"};

    Taken taken(const std::string& name, const std::string& content) {
        return take(depot, {name, "", content}, "file", Wanted::any);
    }
    EvidenceId kept(const Taken& file) {
        auto change = store.change(permit());
        const auto id = keep(change, depot, file);
        change.commit("evidence.kept", "");
        return id;
    }
    Evidence kept(const std::string& name, const std::string& content) {
        const auto id = kept(taken(name, content));
        return evidence::evidence(store.read(), id);
    }
    /// A PDF that is kept outside the database.
    static std::string large_pdf(char letter = 'x') { return pdf + std::string(100'000, letter) + "\n%%EOF\n"; }
    std::vector<std::string> found(Closeness closeness = Closeness::whole) {
        return codes(check_evidence(store.read(), depot, closeness));
    }
    void make_old() {
        const auto past = fs::file_time_type::clock::now() - std::chrono::hours(24 * 366 * 30);  // of the tests, too
        for (const auto& file : depot.files()) fs::last_write_time(file.path, past);
    }
};
ON_BOTH(EvidenceContract);

TEST_P(EvidenceContract, WhatIsKeptIsFoundAgainWithEveryByte) {
    const auto small = kept("note.pdf", pdf);
    const auto large = kept("report.pdf", large_pdf());
    const auto photo = kept("photo.jpg", jpeg(scene(2400, 1600, 1)));
    EXPECT_EQ(find(store.read(), small.public_id), small);
    EXPECT_EQ(find(store.read(), "nothing"), std::nullopt);
    EXPECT_EQ(content(store.read(), depot, small, Size::original), pdf);
    EXPECT_EQ(content(store.read(), depot, small, Size::shown), pdf);
    EXPECT_EQ(content(store.read(), depot, large, Size::shown), large_pdf());
    EXPECT_EQ(store::sha256_hex(content(store.read(), depot, photo, Size::original)), photo.hash);
    EXPECT_EQ(photo.width, 2400);
    EXPECT_LT(content(store.read(), depot, photo, Size::small).size(),
              content(store.read(), depot, photo, Size::shown).size());
    EXPECT_FALSE(depot.has(small.hash));
    EXPECT_TRUE(depot.has(large.hash));
    EXPECT_THAT(found(), IsEmpty());
    EXPECT_THAT(codes(store::check_store(store.read())), IsEmpty());
}

TEST_P(EvidenceContract, TheSameSentTwiceIsOneContent) {
    const auto first = kept("a.pdf", large_pdf());
    const auto second = kept("b.pdf", large_pdf());
    EXPECT_NE(first.public_id, second.public_id);
    EXPECT_EQ(depot.files().size(), 1U);
    EXPECT_EQ(store::one<int>(store.read(), "SELECT count(*) FROM evidence_content"), 1);
    EXPECT_EQ(same_bytes(store.read(), first.hash), (std::vector{first, second}));
    EXPECT_THAT(same_bytes(store.read(), std::string(64, '0')), IsEmpty());
}

TEST_P(EvidenceContract, ForgettingTakesAContentWithTheLastThatHasIt) {
    const auto first = kept("a.jpg", jpeg(scene(300, 200, 1)));
    const auto second = kept("b.jpg", jpeg(scene(300, 200, 1)));
    const auto forget_one = [&](const Evidence& one) {
        auto change = store.change(permit());
        forget(change, one.id);
        change.commit("evidence.forgotten", one.public_id);
    };
    forget_one(first);
    EXPECT_EQ(find(store.read(), first.public_id), std::nullopt);
    EXPECT_THAT(found(), IsEmpty());
    EXPECT_FALSE(content(store.read(), depot, second, Size::small).empty());
    forget_one(second);
    for (const auto table : {"evidence", "evidence_content", "evidence_look"})
        EXPECT_EQ(store::one<int>(store.read(), std::string("SELECT count(*) FROM ") + table), 0) << table;
}

TEST_P(EvidenceContract, APictureThatWasSavedAgainIsFoundByItsLook) {
    const auto photo = kept("photo.jpg", jpeg(scene(1600, 1200, 7), 95));
    for (unsigned other = 20; other < 40; ++other) kept("other.jpg", jpeg(scene(200, 150, other)));
    const auto again = taken("again.webp", samples::webp(scene(640, 480, 7)));
    const auto alike = looks_like(store.read(), *again.look);
    ASSERT_EQ(alike.size(), 1U);
    EXPECT_EQ(alike.front().evidence, photo);
    EXPECT_LE(alike.front().distance, 8);
}

TEST_P(EvidenceContract, EveryLookWithinTheThresholdIsFoundAndNoOther) {
    auto file = taken("photo.jpg", jpeg(scene(300, 200, 1)));
    const std::uint64_t look = 0xF00D'0000'FFFF'1234;
    std::uint64_t state = 88172645463325252;
    std::vector<int> expected(9, 0);
    auto change = store.change(permit());
    for (int i = 0; i < 300; ++i) {
        std::uint64_t differs = 0;
        while (__builtin_popcountll(differs) < i % 13) {
            state ^= state << 13, state ^= state >> 7, state ^= state << 17;
            differs |= std::uint64_t{1} << (state & 63);
        }
        if (i % 13 <= 8) ++expected[static_cast<std::size_t>(i % 13)];
        file.look = look ^ differs;
        keep(change, depot, file);
    }
    change.commit("evidence.kept", "");
    std::vector<int> got(9, 0);
    int last = 0;
    for (const auto& alike : looks_like(store.read(), look)) {
        EXPECT_GE(alike.distance, last);
        last = alike.distance;
        ++got.at(static_cast<std::size_t>(alike.distance));
    }
    EXPECT_EQ(got, expected);
}

TEST_P(EvidenceContract, AProgramKilledBetweenFileAndCommitLeavesAFileThatIsSweptAfterADay) {
    const int status = in_child([this] {
        auto other = open();
        const auto file = taken("a.pdf", large_pdf());
        auto change = other.change(permit());
        keep(change, depot, file);
        kill(getpid(), SIGKILL);
    });
    ASSERT_TRUE(WIFSIGNALED(status));
    EXPECT_EQ(store::one<int>(store.read(), "SELECT count(*) FROM evidence"), 0);
    EXPECT_EQ(depot.files().size(), 1U);
    EXPECT_THAT(unnamed_files(store.read(), depot, now), IsEmpty()) << "it may still be on its way";
    const auto named = kept("b.pdf", large_pdf('y'));
    make_old();
    EXPECT_EQ(unnamed_files(store.read(), depot, now).size(), 1U);
    auto change = store.change(permit());
    EXPECT_EQ(sweep(change, depot).size(), 1U);
    change.keep();
    ASSERT_EQ(depot.files().size(), 1U);
    EXPECT_EQ(depot.files().front().hash, named.hash);
    EXPECT_THAT(found(), IsEmpty());
}

TEST_P(EvidenceContract, AFileThatWasSweptBeforeItWasKeptIsThereAgain) {
    const auto file = taken("a.pdf", large_pdf());
    for (const auto& one : depot.files()) depot.remove(one);
    kept(file);
    EXPECT_THAT(found(), IsEmpty());
}

TEST_P(EvidenceContract, TheDoctorFindsWhatIsMissingCutOrChanged) {
    const auto one = kept("a.pdf", large_pdf('a'));
    const auto two = kept("b.pdf", large_pdf('b'));
    const auto three = kept("c.pdf", large_pdf('c'));
    kept("d.pdf", pdf);
    fs::remove(depot.path_of(one.hash));
    fs::resize_file(depot.path_of(two.hash), 10);
    const auto write = [&](const std::string& hash, const std::string& bytes) {
        std::ofstream(depot.path_of(hash), std::ios::binary) << bytes;
    };
    write(three.hash, large_pdf('d'));
    EXPECT_THAT(found(Closeness::there), testing::UnorderedElementsAre("doctor.file-missing", "doctor.file-changed"));
    EXPECT_THAT(found(),
                testing::UnorderedElementsAre("doctor.file-missing", "doctor.file-changed", "doctor.file-changed"));
    EXPECT_EQ(refusal([&] { content(store.read(), depot, one, Size::original); }), "evidence.file-missing");
}

TEST_P(EvidenceContract, TheDoctorFindsAChangedContentInTheDatabase) {
    kept("d.pdf", pdf);
    store::Connection behind(store::Address::parse(database.url()), store::Purpose::write, 1000);
    behind.execute("UPDATE evidence_content SET body = 'AAAA'");
    EXPECT_THAT(found(Closeness::there), IsEmpty());
    EXPECT_THAT(found(), ElementsAre("doctor.file-changed"));
}

// Who gets which file
// ---------------------------------------------------------------------------------------------------

class EvidencePages : public EvidenceContract {
protected:
    web::Routes routes;
    std::unique_ptr<web::Router> router;
    Seen for_all = Seen::nothing, for_owner = Seen::original;

    void SetUp() override {
        const MaySee nobody = [](const auto&, const auto*, const auto&) { return Seen::nothing; };
        const MaySee owner = [this](const store::Reader&, const people::Viewer* viewer, const Evidence&) {
            return viewer && viewer->person == "owner" ? for_owner : for_all;
        };
        add_routes(routes, store, depot, {nobody, owner});
        router = std::make_unique<web::Router>(routes);
    }
    web::Answer ask(const std::string& who, const std::string& id, const std::string& size = "") {
        web::Request request;
        request.path = "/evidence/" + id;
        const auto match = router->find(web::Method::get, request.path);
        request.place = match->place;
        if (!size.empty()) request.query.emplace("size", size);
        if (!who.empty()) {
            auto viewer = std::make_shared<people::Viewer>();
            viewer->person = who;
            request.caller = viewer;
        }
        return match->route->handler(request);
    }
    std::string refused(const std::string& who, const std::string& id, const std::string& size = "") {
        return refusal([&] { ask(who, id, size); });
    }
};
ON_BOTH(EvidencePages);

TEST_P(EvidencePages, WhatNoNounShowsIsNotThere) {
    const auto photo = kept("photo.jpg", jpeg(scene(300, 200, 1)));
    EXPECT_EQ(refused("", photo.public_id), "evidence.unknown");
    EXPECT_EQ(refused("stranger", photo.public_id), "evidence.unknown");
    EXPECT_EQ(refused("owner", photo.public_id), "");
    EXPECT_EQ(refused("owner", "nothing"), "evidence.unknown");
    EXPECT_EQ(refused("owner", photo.public_id, "huge"), "evidence.unknown");
}

TEST_P(EvidencePages, ThePublicGetsCopiesAndTheOwnerTheOriginal) {
    const auto bytes = samples::with_exif(jpeg(scene(2000, 1000, 1)), 6);
    const auto photo = kept("photo.jpg", bytes);
    for_all = Seen::copies;
    for (const auto size : {"", "shown", "small"}) {
        const auto answer = ask("", photo.public_id, size);
        EXPECT_EQ(answer.download->content.find("GPS"), std::string::npos) << size;
        EXPECT_EQ(answer.download->content_type, "image/jpeg");
        EXPECT_EQ(answer.download->file_name, "") << "shown in the page";
        EXPECT_EQ(answer.headers.at("Cache-Control"), "public, max-age=86400, immutable");
        EXPECT_NE(answer.headers.at("Content-Security-Policy").find("sandbox"), std::string::npos);
    }
    EXPECT_EQ(refused("", photo.public_id, "original"), "evidence.unknown");
    const auto original = ask("owner", photo.public_id, "original");
    EXPECT_EQ(original.download->content, bytes);
    EXPECT_EQ(original.download->file_name, "photo.jpg");
    EXPECT_FALSE(original.headers.contains("Cache-Control"));
    EXPECT_EQ(original.cache_control, "private, no-cache");
}

TEST_P(EvidencePages, ADocumentIsDownloadedAndHasNoSmallCopy) {
    const auto bytes = docx();  // each one has the time at which it was made
    const auto document = kept("report.docx", bytes);
    for_all = Seen::copies;
    const auto answer = ask("", document.public_id);
    EXPECT_EQ(answer.download->content, bytes);
    EXPECT_EQ(answer.download->file_name, "report.docx");
    EXPECT_EQ(refused("", document.public_id, "original"), "");
    EXPECT_EQ(refused("", document.public_id, "small"), "evidence.unknown");
}

TEST_P(EvidencePages, AnEvidenceTellsOtherPagesWhereItsCopiesAreAndHowLarge) {
    const auto part = evidence_part(kept("photo.jpg", jpeg(scene(3200, 1600, 1))), Language::en);
    EXPECT_EQ(part.at("width").as_int64(), 1600);
    EXPECT_EQ(part.at("height").as_int64(), 800);
    EXPECT_EQ(part.at("format_text").as_string(), "Photo (JPEG)");
    EXPECT_TRUE(part.contains("small_href"));
    EXPECT_FALSE(evidence_part(kept("a.pdf", pdf), Language::en).contains("small_href"));
}

// To another disk and back
// -----------------------------------------------------------------------------------------------

class BackupContract : public EvidenceContract {
protected:
    fs::path disk = folder.path() / "disk";
    FreshDatabase elsewhere{GetParam()};
    Depot other{folder.path() / "other"};

    BackedUp back_up_now() { return back_up(store, database.url(), depot, disk); }
    std::string refused_restore() {
        return refusal([&] { restore(disk, elsewhere.url(), other); });
    }
};
ON_BOTH(BackupContract);

TEST_P(BackupContract, WhatWasBackedUpComesBackWholeWithItsFiles) {
    const auto document = kept("a.pdf", large_pdf());
    const auto photo = kept("photo.jpg", jpeg(scene(2400, 1600, 1)));
    EXPECT_EQ(back_up_now().damaged.size(), 0U);
    kept("later.pdf", large_pdf('l'));
    const auto outcome = restore(disk, elsewhere.url(), other);
    ASSERT_EQ(outcome.database, store::Done::yes);
    EXPECT_EQ(outcome.entries, 2);
    auto again = store::Store::open(elsewhere.url(), {.key_file = elsewhere.key_file()});
    EXPECT_EQ(find(again.read(), document.public_id), document);
    EXPECT_EQ(content(again.read(), other, document, Size::original), large_pdf());
    EXPECT_FALSE(content(again.read(), other, photo, Size::small).empty());
    EXPECT_THAT(codes(check_evidence(again.read(), other, Closeness::whole)), IsEmpty());
    EXPECT_THAT(codes(store::check_store(again.read(), store.trusted_key())), IsEmpty());
    EXPECT_EQ(again.read().seq(), 2);
    EXPECT_FALSE(fs::exists(disk / fs::path(database.key_file()).filename()));
}

TEST_P(BackupContract, TheNextBackupCopiesOnlyWhatIsNewAndDropsWhatWasForgotten) {
    const auto first = kept("a.pdf", large_pdf('a'));
    EXPECT_EQ(back_up_now().copied, 1);
    const auto second = kept("b.pdf", large_pdf('b'));
    const auto outcome = back_up_now();
    EXPECT_EQ(outcome.files, 2);
    EXPECT_EQ(outcome.copied, 1);
    {
        auto change = store.change(permit());
        forget(change, first.id);
        change.commit("evidence.forgotten", first.public_id);
    }
    back_up_now();
    EXPECT_FALSE(Depot(disk / "files").has(first.hash));
    EXPECT_TRUE(Depot(disk / "files").has(second.hash));
    EXPECT_EQ(std::distance(fs::directory_iterator(disk), {}), 3) << "manifest, one database, files";
}

TEST_P(BackupContract, ADamagedFileIsToldAndTheRestIsBackedUp) {
    const auto bad = kept("a.pdf", large_pdf('a'));
    const auto gone = kept("b.pdf", large_pdf('b'));
    kept("c.pdf", large_pdf('c'));
    std::ofstream(depot.path_of(bad.hash)) << large_pdf('d');
    fs::remove(depot.path_of(gone.hash));
    const auto outcome = back_up_now();
    EXPECT_THAT(codes(outcome.damaged), testing::UnorderedElementsAre("doctor.file-changed", "doctor.file-missing"));
    EXPECT_EQ(outcome.files, 1);
}

TEST_P(BackupContract, NothingIsOverwrittenAndNothingDamagedIsRestored) {
    const auto document = kept("a.pdf", large_pdf());
    EXPECT_EQ(refused_restore(), "backup.no-manifest");
    back_up_now();
    EXPECT_EQ(refusal([&] { restore(disk, database.url(), other); }), "backup.not-empty");
    const auto copy = Depot(disk / "files").path_of(document.hash);
    fs::resize_file(copy, 10);
    EXPECT_EQ(refused_restore(), "backup.damaged");
    EXPECT_TRUE(other.files().empty());
    EXPECT_EQ(back_up_now().copied, 1) << "the next backup mends it";
    for (const auto& entry : fs::directory_iterator(disk))
        if (entry.path().filename().string().starts_with("database-"))
            std::ofstream(entry.path(), std::ios::app) << "x";
    EXPECT_EQ(refused_restore(), "backup.damaged");
    std::ofstream(disk / "manifest.json") << "{}";
    EXPECT_EQ(refused_restore(), "backup.no-manifest");
}

TEST_P(BackupContract, AFolderOfSomethingElseIsLeftAlone) {
    fs::create_directory(disk);
    std::ofstream(disk / "letter.txt") << "mine";
    EXPECT_EQ(refusal([&] { back_up_now(); }), "backup.other-folder");
    fs::remove(disk / "letter.txt");
    back_up_now();
    auto stranger = store::Store::open(elsewhere.url(), {.key_file = elsewhere.key_file()});
    EXPECT_EQ(refusal([&] { back_up(stranger, elsewhere.url(), other, disk); }), "backup.other-database");
}

}  // namespace
}  // namespace guidon::contract
