package dev.tideline.patterns.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The published schemas agree with the reader on what is a rule, as far as a schema can. */
class RuleSchemaTest {
    @ParameterizedTest
    @MethodSource("shipped")
    void holdsForEveryShippedRule(RuleDocument document) {
        assertThat(PublishedSchemas.errors(document.rule().header().kind().word(), document.json()))
                .isEmpty();
    }

    static Stream<RuleDocument> shipped() {
        return Catalogue.read().documents().stream();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'kind':'segment','id':'a','version':1,'name':'A','when':{'performed':'page_view','between':[1,5],'within':'7d'}}",
                "{'kind':'segment','id':'a','version':1,'name':'A','when':{'sequence':[{'step':'x','on':'page_view'},{'step':'y','on':'session','contiguity':'not_next'},{'step':'z','on':'session','times':{'at_least':2},'until':'true'}],'within':'1d'}}",
                "{'kind':'pattern','id':'a','version':1,'name':'A','family':'mood','level':'AMBER','sequence':[{'step':'x','on':'mood_day','times':{'from':1,'to':3},'greedy':true}],'within':'7d','cooldown':'0s','supporting':true,'mode':'shadow'}",
                "{'kind':'policy','id':'a','version':1,'name':'A'}",
            })
    void acceptsWhatTheReaderAccepts(String quoted) {
        String json = quoted.replace('\'', '"');

        assertThat(RuleReader.read("rule.json", json).problems()).isEmpty();
        assertThat(PublishedSchemas.errors(kind(json), json)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'kind':'segment','id':'a','version':1,'name':'A'}",
                "{'kind':'segment','id':'A','version':1,'name':'A','when':{'risk':'RED'}}",
                "{'kind':'segment','id':'a','version':'1','name':'A','when':{'risk':'RED'}}",
                "{'kind':'segment','id':'a','version':1,'name':' ','when':{'risk':'RED'}}",
                "{'kind':'segment','id':'a','version':1,'name':'A','when':{'risk':'RED','segment':'b'}}",
                "{'kind':'segment','id':'a','version':1,'name':'A','when':{'all':[]}}",
                "{'kind':'segment','id':'a','version':1,'name':'A','when':{'performed':'page_view','at_least':0}}",
                "{'kind':'segment','id':'a','version':1,'name':'A','when':{'performed':'page_view','at_least':1001}}",
                "{'kind':'segment','id':'a','version':1,'name':'A','when':{'performed':'page_view','at_least':1,'at_most':2}}",
                "{'kind':'segment','id':'a','version':1,'name':'A','when':{'performed':'page_view','withn':'7d'}}",
                "{'kind':'segment','id':'a','version':1,'name':'A','when':{'performed':'page_view','within':'0d'}}",
                "{'kind':'segment','id':'a','version':1,'name':'A','when':{'performed':'quiet'}}",
                "{'kind':'segment','id':'a','version':1,'name':'A','when':{'sequence':[{'step':'x','on':'page_view'}]}}",
                "{'kind':'pattern','id':'a','version':1,'name':'A','family':'mood','level':'AMBER','sequence':[{'step':'x','on':'mood_day'}]}",
                "{'kind':'pattern','id':'a','version':1,'name':'A','family':'mod','level':'AMBER','sequence':[{'step':'x','on':'mood_day'}],'within':'7d'}",
                "{'kind':'pattern','id':'a','version':1,'name':'A','family':'mood','level':'AMBER','sequence':[{'step':'x','on':'mood_day'},{'step':'y','on':'mood_day','contiguity':'not_followed_by','optional':true}],'within':'7d'}",
                "{'kind':'pattern','id':'a','version':1,'name':'A','family':'text','level':'AMBER','sequence':[{'step':'x','on':'text'},{'step':'y','on':'text'}],'within':'7d','immediate':true}",
                "{'kind':'pattern','id':'a','version':1,'name':'A','family':'mood','level':'AMBER','sequence':[{'step':'x','on':'mood_day','times':0}],'within':'7d'}",
                "{'kind':'policy','id':'a','version':1,'name':'A','quiet':{'resolves':['CRISIS']}}",
                "{'kind':'policy','id':'a','version':1,'name':'A','due':{'GREEN':'1d'}}",
                "{'kind':'policy','id':'a','version':1,'name':'A','compound':[{'level':'AMBER','families':2,'to':'RED'}]}",
            })
    void refusesWhatTheReaderRefuses(String quoted) {
        String json = quoted.replace('\'', '"');

        assertThat(RuleReader.read("rule.json", json).problems()).isNotEmpty();
        assertThat(PublishedSchemas.errors(kind(json), json)).isNotEmpty();
    }

    @Test
    void everySchemaBearsThePublishedName() {
        for (String name : List.of("terms", "segment", "pattern", "policy")) {
            assertThat(PublishedSchemas.text(PublishedSchemas.BASE + name + ".schema.json"))
                    .contains("\"$id\": \"" + PublishedSchemas.BASE + name + ".schema.json\"");
        }
    }

    private static String kind(String json) {
        return json.replaceFirst(".*\"kind\":\"([a-z]+)\".*", "$1");
    }
}
