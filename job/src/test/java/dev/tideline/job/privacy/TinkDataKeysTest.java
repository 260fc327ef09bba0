package dev.tideline.job.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.job.settings.Secret;
import java.util.Base64;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class TinkDataKeysTest {
    private static final String ANNA = "11111111-1111-4111-8111-111111111111";
    private static final String BERT = "22222222-2222-4222-8222-222222222222";

    private final Secret keyset = MasterKey.generate();
    private final DataKeys keys = new TinkDataKeys(MasterKey.of(keyset));

    @Test
    void opensWhatItSealedForTheSameUser() {
        String key = keys.create(ANNA);
        String sealed = keys.seal(key, ANNA, "I feel grand 🌞");

        assertThat(keys.open(key, ANNA, sealed)).isEqualTo("I feel grand 🌞");
        assertThat(new TinkDataKeys(MasterKey.of(keyset)).open(key, ANNA, sealed))
                .isEqualTo("I feel grand 🌞");
    }

    @Test
    void namesTheKeyInWhatItSeals() {
        String key = keys.create(ANNA);

        assertThat(keys.keyId(keys.seal(key, ANNA, "text"))).isEqualTo(keys.keyId(key));
        assertThat(keys.keyId(keys.create(ANNA))).isNotEqualTo(keys.keyId(key));
    }

    @Test
    void neverSealsTheSameTextAlike() {
        String wrapped = keys.create(ANNA);

        assertThat(keys.seal(wrapped, ANNA, "text")).isNotEqualTo(keys.seal(wrapped, ANNA, "text"));
    }

    @Test
    void doesNotOpenForAnotherUserEvenWithTheKeyInMemory() {
        String wrapped = keys.create(ANNA);
        String sealed = keys.seal(wrapped, ANNA, "text");

        assertThatThrownBy(() -> keys.open(wrapped, BERT, sealed)).isInstanceOf(UnreadableException.class);
    }

    @Test
    void doesNotOpenWithAnotherKeyOfTheSameUser() {
        String sealed = keys.seal(keys.create(ANNA), ANNA, "text");

        assertThatThrownBy(() -> keys.open(keys.create(ANNA), ANNA, sealed)).isInstanceOf(UnreadableException.class);
    }

    @Test
    void doesNotOpenWithAnotherMasterKey() {
        String wrapped = keys.create(ANNA);
        DataKeys elsewhere = new TinkDataKeys(MasterKey.of(MasterKey.generate()));

        assertThatThrownBy(() -> elsewhere.seal(wrapped, ANNA, "text")).isInstanceOf(UnreadableException.class);
    }

    @Test
    void noticesEveryChangedByteOfTheBody() {
        String wrapped = keys.create(ANNA);
        byte[] sealed = Base64.getDecoder().decode(keys.seal(wrapped, ANNA, "text"));

        for (int at = 17; at < sealed.length; at++) {
            byte[] changed = sealed.clone();
            changed[at] ^= 1;
            String text = Base64.getEncoder().encodeToString(changed);
            assertThatThrownBy(() -> keys.open(wrapped, ANNA, text)).isInstanceOf(UnreadableException.class);
        }
    }

    @Test
    void travelsWithAFunctionAndWorksWhereItArrives() throws Exception {
        String wrapped = keys.create(ANNA);
        String sealed = keys.seal(wrapped, ANNA, "text");

        assertThat(InstantiationUtil.clone(keys).open(wrapped, ANNA, sealed)).isEqualTo("text");
    }

    @Test
    void refusesAMasterKeyThatIsNoneWithoutQuotingIt() {
        assertThatThrownBy(() -> MasterKey.of(new Secret("{\"hush\":1}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .hasMessageNotContaining("hush");
    }

    @Test
    void sealsForAnOwnerWhoIsNoUser() {
        MasterKey master = MasterKey.of(keyset);
        String sealed = master.seal("dead-letters", new byte[] {1, 2, 3});

        assertThat(master.open("dead-letters", sealed)).containsExactly(1, 2, 3);
        assertThatThrownBy(() -> master.open("elsewhere", sealed)).isInstanceOf(UnreadableException.class);
    }
}
